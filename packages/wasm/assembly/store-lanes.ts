/** The first lanes of a vector, as many as there are columns left. */

// @ts-ignore: decorator
@inline
export function storeLanes(address: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) {
    v128.store(address, value);
    return;
  }
  store<f32>(address, f32x4.extract_lane(value, 0));
  if (lanes > 1) store<f32>(address, f32x4.extract_lane(value, 1), 4);
  if (lanes > 2) store<f32>(address, f32x4.extract_lane(value, 2), 8);
}

/** All bits of the first lanes, as many as there are columns left. */
// @ts-ignore: decorator
@inline
export function firstLanes(lanes: i32): v128 {
  return i32x4.gt_s(i32x4.splat(lanes), i32x4(0, 1, 2, 3));
}
