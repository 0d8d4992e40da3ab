import { type ReactNode } from 'react';
import { type Tone } from '../app/theme/tokens';
import styles from './list.module.css';
import { Pill } from './pill';

interface ListRowProps {
  title: string;
  tone: Tone;
  state: string;
  facts: (string | false | null)[];
  /** What went wrong. */
  note: string | null;
  action?: ReactNode;
}

export function ListRow({ title, tone, state, facts, note, action }: ListRowProps) {
  return (
    <li className={styles.row}>
      <div>
        <p className={styles.title}>{title}</p>
        <p className={styles.facts}>{facts.filter(Boolean).join(' · ')}</p>
        {note && <p className={styles.note}>{note}</p>}
      </div>
      <div className={styles.end}>
        {action}
        <Pill tone={tone}>{state}</Pill>
      </div>
    </li>
  );
}
