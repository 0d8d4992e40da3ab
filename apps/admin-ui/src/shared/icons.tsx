import { type ReactNode } from 'react';

const icon = (path: ReactNode) =>
  function Icon({ size = 20 }: { size?: number }) {
    return (
      <svg
        viewBox="0 0 24 24"
        width={size}
        height={size}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
      >
        {path}
      </svg>
    );
  };

export const DashboardIcon = icon(
  <>
    <circle cx="5" cy="6" r="2" />
    <circle cx="12" cy="12" r="2" />
    <circle cx="19" cy="17" r="2" />
    <path d="m6.6 7.3 3.8 3.4M13.8 13.2l3.4 2.6" />
  </>,
);
export const OrdersIcon = icon(<path d="M5 4h14v16H5zM9 9h6M9 13h6M9 17h3" />);
export const MessagesIcon = icon(<path d="M4 6h16v12H4zM4 7l8 6 8-6" />);
export const DeliveriesIcon = icon(<path d="M4 12h13M12 6l6 6-6 6M21 5v14" />);
export const MoonIcon = icon(<path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z" />);
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1 1M17.4 17.4l1 1M5.6 18.4l1-1M17.4 6.6l1-1" />
  </>,
);
export const SignOutIcon = icon(<path d="M10 4H5v16h5M15 8l4 4-4 4M19 12H9" />);
export const MenuIcon = icon(<path d="M4 7h16M4 12h16M4 17h16" />);
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m16 16 4 4" />
  </>,
);
export const BackIcon = icon(<path d="M19 12H5M11 6l-6 6 6 6" />);
export const ChevronIcon = icon(<path d="m9 6 6 6-6 6" />);
