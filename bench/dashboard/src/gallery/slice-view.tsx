/** A slice through the 3-D density, and a slider that moves it up and down. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { densitySlice } from '../../../src/drawing/density-slice.ts';
import type { DensityPicture } from '../../../src/drawing/picture.ts';
import { formatNumber } from '../../../src/format/format.ts';

export function SliceView({ picture: { title, density } }: { readonly picture: DensityPicture }): JSX.Element {
  const depth = density.shape[2];
  const canvas = useRef<HTMLCanvasElement>(null);
  const [z, setZ] = useState(Math.floor(depth / 2));
  const slice = densitySlice(density, z);
  useEffect(() => {
    const { pixels, width, height } = densitySlice(density, z);
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [density, z]);
  const where = `z ${z + 1} of ${depth}`;
  const values = `${formatNumber(slice.range[0])} to ${formatNumber(slice.range[1])}`;
  return (
    <div class="slice">
      <canvas ref={canvas} width={slice.width} height={slice.height} role="img" aria-label={`${title}, slice at ${where}: ${values}`} />
      <div class="density-controls">
        <span aria-hidden="true">z</span>
        <input
          type="range"
          min={0}
          max={depth - 1}
          step={1}
          value={z}
          onInput={({ currentTarget }) => setZ(currentTarget.valueAsNumber)}
          aria-label={`Slice of ${title}`}
          aria-valuetext={`${where}, values ${values}`}
        />
      </div>
      <p class="quiet slice-text">
        slice {where}: {values}
      </p>
    </div>
  );
}
