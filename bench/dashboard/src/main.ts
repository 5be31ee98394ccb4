/** The one script: in the page it starts the page, and in a worker that the page has made of it the runs of the live section. */
if (typeof document === 'undefined') void import('./live/serve-jobs.ts').then(({ serveJobs }) => serveJobs());
else void import('./page.ts').then(({ startPage }) => startPage());
