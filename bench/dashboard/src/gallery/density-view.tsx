/** The 3-D density, slowly turning: it can be stopped and turned by hand, and stands still for who asked for less motion. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { DEFAULT_AZIMUTH, DENSITY_SIZE, densityPixels } from '../../../src/drawing/density-plot.ts';
import type { DensityPicture } from '../../../src/drawing/picture.ts';

/** A turn takes 40 s, in steps that a slow machine keeps up with. */
const STEP_DEGREES = 1.5;
const STEP_MS = (40_000 * STEP_DEGREES) / 360;

const DEFAULT_DEGREES = Math.round((DEFAULT_AZIMUTH * 180) / Math.PI);

export function DensityView({ picture: { title, still, density } }: { readonly picture: DensityPicture }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [degrees, setDegrees] = useState(DEFAULT_DEGREES);
  const [isTurning, setTurning] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    const pixels = new Uint8ClampedArray(densityPixels(density, (degrees * Math.PI) / 180).buffer);
    context?.putImageData(new ImageData(pixels, DENSITY_SIZE, DENSITY_SIZE), 0, 0);
  }, [degrees, density]);
  useEffect(() => {
    if (!isTurning) return undefined;
    const timer = setInterval(() => {
      // Not where nobody sees it: another section is shown, or another page.
      if (document.hidden || canvas.current?.offsetParent === null) return;
      setDegrees((now) => (now + STEP_DEGREES > 180 ? now + STEP_DEGREES - 360 : now + STEP_DEGREES));
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [isTurning]);
  const turnTo = (angle: number): void => {
    setTurning(false);
    setDegrees(angle);
  };
  return (
    <div class="density">
      <canvas ref={canvas} width={DENSITY_SIZE} height={DENSITY_SIZE} role="img" aria-label={still.alt} />
      <div class="density-controls">
        <button type="button" onClick={() => setTurning(!isTurning)} aria-label={`${isTurning ? 'Stop' : 'Turn'} ${title}`}>
          {isTurning ? 'Stop' : 'Turn'}
        </button>
        <input
          type="range"
          min={-180}
          max={180}
          step={1}
          value={degrees}
          onInput={({ currentTarget }) => turnTo(currentTarget.valueAsNumber)}
          aria-label={`Direction of ${title}, in degrees`}
        />
      </div>
    </div>
  );
}
