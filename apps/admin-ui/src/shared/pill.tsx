import { type ReactNode } from 'react';
import { type Tone } from '../app/theme/tokens';
import styles from './pill.module.css';
import { toneStyle } from './tone';

/** A state as a word on its colour; the word says it all, the colour helps to scan. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={styles.pill} style={toneStyle(tone)}>
      {children}
    </span>
  );
}
