/** The product of spectra, which may be in any order: point by point, lane by lane. */
import { madd, nmadd } from '../arithmetic';
import { POINT } from './tile';

/** y at `target` = Σ over features of x, `xFeature` bytes apart, · w, whose features are neighbours. */
export function product<T>(x: usize, xFeature: usize, features: i32, bytes: usize, w: usize, target: usize): void {
  for (let at: usize = 0; at < bytes; at += <usize>POINT) {
    let re = i32x4.splat(0), im = i32x4.splat(0);
    let from = x + at;
    let left = features;
    do {
      const xre = v128.load(from), xim = v128.load(from, 16);
      const wre = v128.load(w), wim = v128.load(w, 16);
      re = nmadd<T>(madd<T>(re, xre, wre), xim, wim);
      im = madd<T>(madd<T>(im, xre, wim), xim, wre);
      w += POINT;
      from += xFeature;
    } while (--left);
    v128.store(target + at, re);
    v128.store(target + at, im, 16);
  }
}
