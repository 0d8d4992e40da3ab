import { type CSSProperties } from 'react';
import { type Tone } from '../app/theme/tokens';

/** Gives a component's style sheet the colours of a tone as `--tone-ground` and `--tone-text`. */
export const toneStyle = (tone: Tone): CSSProperties =>
  ({
    '--tone-ground': `var(--orion-${tone}-ground)`,
    '--tone-text': `var(--orion-${tone}-text)`,
  }) as CSSProperties;
