import { type ReactNode, type Ref } from 'react';
import { type Tone } from '../app/theme/tokens';
import styles from './notice.module.css';
import { toneStyle } from './tone';

interface NoticeProps {
  tone: Tone;
  title: string;
  role?: 'alert' | 'status';
  ref?: Ref<HTMLDivElement>;
  children?: ReactNode;
}

/** Something to know, with what to do next. */
export function Notice({ tone, title, role, ref, children }: NoticeProps) {
  return (
    <div
      ref={ref}
      role={role}
      tabIndex={ref ? -1 : undefined}
      className={styles.notice}
      style={toneStyle(tone)}
    >
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.body}>{children}</div>}
    </div>
  );
}
