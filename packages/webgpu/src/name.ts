/** The backend's name, in reports, explanations and errors. */
export const NAME = 'webgpu';

/** What starts it, in errors. */
export const CREATE = `backend ${NAME}: createBackend`;
