/** Puts packs of goldens into the built page, as base64 in blocks that no browser runs and no script reads before it needs them. */
import { PACKS, packElement, type PackName } from './pack-names.ts';

/** The page with these packs in it. Throws an Error when `page` is not the dashboard as it was built. */
export function embedPacks(page: string, packs: ReadonlyMap<PackName, Uint8Array>): string {
  return PACKS.reduce((text, name) => {
    const pack = packs.get(name);
    const slot = `<script type="text/plain" id="${packElement(name)}"></script>`;
    if (text.split(slot).length !== 2) throw new Error(`the page is not the dashboard as it was built: it has no place for ${name}`);
    return pack === undefined ? text : text.replace(slot, () => slot.replace('></', () => `>${Buffer.from(pack).toString('base64')}</`));
  }, page);
}
