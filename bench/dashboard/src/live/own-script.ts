/**
 * A worker of the page's own script. The page is one file, which a worker cannot be loaded from, and a second copy of all backends in it
 * would make it half as large again: so the worker is given the script that is there, and `main.ts` sees where it runs.
 */

const NAME = 'laxconv live';

/** Starts the worker. Throws an Error where the browser does not let it, or the page has no such script. */
export function startOwnScript(): Worker {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"]:not([src*="@vite"])');
  if (script === null) throw new Error('the page has no script');
  // Served for work on it, the script is a file, and imports others.
  if (script.src !== '') return new Worker(script.src, { type: 'module', name: NAME });
  const url = URL.createObjectURL(new Blob([script.text], { type: 'text/javascript' }));
  const worker = new Worker(url, { name: NAME });
  // Not before it was read.
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
  return worker;
}
