/** What `createBackend` of a peer takes. */
export interface PeerOptions {
  /** 1 unless said: single-thread figures are what libraries are compared by first. */
  readonly threads?: number;
}
