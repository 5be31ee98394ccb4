/**
 * Ends children with this process. A child that computes without end never hears that its parent is gone, and would keep a core busy
 * for ever; Ctrl-C reaches both, but what a CI system or a shell script sends reaches the parent only.
 */
import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const living = new Set<() => void>();

/** From now until `release`, `kill` is called when this process ends or is told to. */
export function endWithUs(kill: () => void): void {
  if (living.size === 0) {
    process.on('exit', killAll);
    for (const signal of SIGNALS) process.on(signal, endBySignal);
  }
  living.add(kill);
}

/** Idempotent. */
export function release(kill: () => void): void {
  if (!living.delete(kill) || living.size > 0) return;
  process.off('exit', killAll);
  for (const signal of SIGNALS) process.off(signal, endBySignal);
}

function killAll(): void {
  for (const kill of living) kill();
}

/** Kills, and ends as the signal would have ended this process without a listener. */
function endBySignal(signal: NodeJS.Signals): void {
  killAll();
  for (const each of SIGNALS) process.off(each, endBySignal);
  process.kill(process.pid, signal);
}
