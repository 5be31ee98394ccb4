/**
 * Asks Node's WebGPU for an adapter and writes what it is, as JSON; `null` where there is none. A program of its own, because a driver is
 * looked for once in a process.
 */
import { create } from 'webgpu';

const gpu = create([]);
const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
const { vendor, architecture, description, isFallbackAdapter } = adapter?.info ?? {};
console.log(JSON.stringify(adapter === null ? null : { name: description || `${vendor} ${architecture}`, isSoftware: isFallbackAdapter }));
process.exit(0);
