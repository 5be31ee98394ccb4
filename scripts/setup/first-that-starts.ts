/** Looks through places that may have what is needed, nearest first. A candidate counts only when it starts. */

/** Why there is none. */
export interface Lack {
  readonly reason: string;
}

/** A place to get a candidate from; or the reason why it has none. */
export interface Source<Candidate extends object> {
  readonly name: string;
  readonly find: () => Promise<Candidate | Lack>;
}

/** Starts a candidate once: what it is, or the reason why it does not start. */
export type Probe<Candidate extends object, Started extends object> = (candidate: Candidate) => Promise<Started | Lack>;

/** The first candidate that starts, and the name of its source; or every reason against one. */
export async function firstThatStarts<Candidate extends object, Started extends object>(
  sources: readonly Source<Candidate>[],
  probe: Probe<Candidate, Started>,
): Promise<
  { readonly source: string; readonly candidate: Candidate; readonly started: Started } | { readonly reasons: readonly string[] }
> {
  const reasons: string[] = [];
  for (const { name, find } of sources) {
    const candidate = await find();
    if ('reason' in candidate) {
      reasons.push(candidate.reason);
      continue;
    }
    const started = await probe(candidate);
    if (!('reason' in started)) return { source: name, candidate, started };
    reasons.push(`${name}: ${started.reason}`);
  }
  return { reasons };
}
