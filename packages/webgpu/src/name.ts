/** The backend's name, in reports, explanations and errors. */
export const NAME = 'webgpu';
