/** A picture of a cell. */
import type { JSX } from 'preact';
import type { Picture } from '../../../src/drawing/picture.ts';
import { DensityView } from './density-view.tsx';
import { SliceView } from './slice-view.tsx';

export interface PictureViewProps {
  readonly picture: Picture;
  /** What is known of what it shows. */
  readonly children: JSX.Element | string;
}

export function PictureView({ picture, children }: PictureViewProps): JSX.Element {
  return (
    <figure class="picture">
      <Drawn picture={picture} />
      <figcaption>
        {picture.title !== '' && <strong>{picture.title}</strong>} {children}
      </figcaption>
    </figure>
  );
}

function Drawn({ picture }: { readonly picture: Picture }): JSX.Element {
  if (picture.kind === 'density') {
    return (
      <div class="density-pair">
        <DensityView picture={picture} />
        <SliceView picture={picture} />
      </div>
    );
  }
  // The markup is line-plot.ts's, in which every value is escaped.
  if (picture.kind === 'svg') return <div class="plot-frame" dangerouslySetInnerHTML={{ __html: picture.markup.text }} />;
  const { uri, alt, width, height, pixelated } = picture;
  return <img src={uri} alt={alt} width={width} height={height} class={pixelated ? 'pixelated' : undefined} />;
}
