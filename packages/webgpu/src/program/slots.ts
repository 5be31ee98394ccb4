/** The parts of a program that buffers are put in for, and the Binding that hands them out. */
import type { Binding } from '../plan/algorithm.ts';
import type { BufferRef, Dispatch } from './dispatch.ts';

/** What is put in for a part: an operand or the result of a run, or one of the program's own buffers by its number. */
export type SlotKind = 'lhs' | 'rhs' | 'out' | 'scratch' | 'constant' | 'packed';

/** A part of a program. */
export class Slot implements BufferRef {
  readonly kind: SlotKind;
  readonly index: number;
  readonly bytes: number;

  constructor(kind: SlotKind, index: number, bytes: number) {
    this.kind = kind;
    this.index = index;
    this.bytes = bytes;
  }
}

/** The parts that a program has handed out, and what fills those that are filled once. */
export class Slots implements Pick<Binding, 'scratch' | 'zeros' | 'constant' | 'packed'> {
  readonly scratchBytes: number[] = [];
  readonly packedBytes: number[] = [];
  readonly constants: ArrayBufferView[] = [];
  readonly packs: Dispatch[] = [];

  /** The numbers of those that a run clears. */
  readonly cleared: number[] = [];

  readonly scratch = (bytes: number): Slot => new Slot('scratch', this.scratchBytes.push(bytes) - 1, bytes);

  readonly zeros = (bytes: number): Slot => {
    const slot = this.scratch(bytes);
    this.cleared.push(slot.index);
    return slot;
  };

  readonly constant = (data: ArrayBufferView): Slot => new Slot('constant', this.constants.push(data) - 1, data.byteLength);

  readonly packed = (bytes: number, dispatches: (target: BufferRef) => readonly Dispatch[]): Slot => {
    const target = new Slot('packed', this.packedBytes.push(bytes) - 1, bytes);
    this.packs.push(...dispatches(target));
    return target;
  };
}
