/** The constellation: shoulders, belt, feet. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <g stroke="#7fc4cb" strokeWidth="1.2" fill="none" strokeLinecap="round">
        <path
          d="M9 5 11.5 16 7 27M23 6 20.5 15.2 25 26M11.5 16 16 15.6 20.5 15.2M9 5 23 6M7 27 25 26"
          opacity="0.75"
        />
      </g>
      <g fill="#e8f2f3">
        <circle cx="9" cy="5" r="1.9" />
        <circle cx="23" cy="6" r="1.5" />
        <circle cx="7" cy="27" r="1.5" />
        <circle cx="25" cy="26" r="1.9" />
      </g>
      <g fill="#f2b544">
        <circle cx="11.5" cy="16" r="2.1" />
        <circle cx="16" cy="15.6" r="2.1" />
        <circle cx="20.5" cy="15.2" r="2.1" />
      </g>
    </svg>
  );
}
