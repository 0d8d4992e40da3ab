import styles from './sign-in.module.css';

const COUNT = 90;
/** Spreads points evenly without rows (R2 sequence of M. Roberts, from the plastic number). */
const STARS = Array.from({ length: COUNT }, (_, at) => ({
  x: (100 * ((at + 1) * 0.7548776662)) % 100,
  y: (100 * ((at + 1) * 0.5698402909)) % 100,
  r: [0.5, 0.7, 0.6, 1.1, 0.5][at % 5] ?? 0.6,
}));

/** A night sky, for nothing but its looks. */
export function Stars() {
  return (
    <svg className={styles.stars} aria-hidden="true" focusable="false">
      {STARS.map(({ x, y, r }) => (
        <circle key={x} cx={`${x}%`} cy={`${y}%`} r={r} />
      ))}
    </svg>
  );
}
