import { createContext, useContext } from 'react';

/** Opens an address outside of the app in its place. */
export type Leave = (address: string) => void;

const Context = createContext<Leave | null>(null);

export const LeaveProvider = Context.Provider;

export function useLeave(): Leave {
  const leave = useContext(Context);
  if (!leave) throw new Error('no way out around this component');
  return leave;
}
