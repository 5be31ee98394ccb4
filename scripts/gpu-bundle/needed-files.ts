/** Which files of a package the bundle needs: what runs, and its licence. */

/**
 * Files of packages that carry much else, by what they end in a run. The Dawn binding has one for each platform; the peers have a build
 * for each way to load them, and these are the ones that `bench/src/peers` loads in Node.
 */
const ONLY: Readonly<Record<string, readonly RegExp[]>> = {
  webgpu: [/^index\.js$/, /^dist\/linux-x64\//],
  '@laxconv/bench': [/^dist\//, /^peers\/(load\.mjs|serve\.py|package\.json)$/],
  '@laxconv/conformance': [/^dist\//, /^bin\//],
  '@tensorflow/tfjs-core': [/^dist\/tf-core\.node\.js$/],
  '@tensorflow/tfjs-backend-webgpu': [/^dist\/tf-backend-webgpu\.node\.js$/],
  '@jax-js/jax': [/^dist\/[^/]*\.js$/],
  'onnxruntime-web': [/^dist\/ort\.webgpu\.bundle\.min\.mjs$/, /^dist\/ort-wasm-simd-threaded\.asyncify\.(mjs|wasm)$/],
};

const OURS = /^(laxconv$|@laxconv\/)/;

const ALWAYS = /^(package\.json|(licen[cs]e|notice|copying|thirdpartynotices)(\.\w+)?)$/i;

/** For compilers, debuggers and testers. */
const NOT_RUN = /\.map$|\.d\.[cm]?ts$|\.tsx?$|\.[cm]ts$|\.tsbuildinfo$|\.test\.|\.md$|(^|\/)node_modules\//;

/** Whether the package's file at this path, relative to its folder, goes into the bundle. */
export function isNeeded(name: string, path: string): boolean {
  if (ALWAYS.test(path)) return true;
  if (NOT_RUN.test(path)) return false;
  const only = ONLY[name] ?? (OURS.test(name) ? [/^dist\//] : undefined);
  return only === undefined || only.some((pattern) => pattern.test(path));
}
