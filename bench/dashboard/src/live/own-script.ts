/**
 * A worker of the page's own script. The page is one file, which a worker cannot be loaded from, and a second copy of all backends in it
 * would make it half as large again: so the worker gets the script that is there, and `main.ts` sees where it runs.
 */

/** Starts the worker. Throws an Error where the browser does not let it, or the page has no such script. */
export function startOwnScript(): Worker {
  const script = document.querySelector<HTMLScriptElement>('#page-script');
  if (script === null) throw new Error('the page has no script');
  // Served for work on it, the script is a module, and imports others.
  return new Worker(script.src, { name: 'laxconv live', ...(script.type === 'module' ? { type: 'module' } : {}) });
}
