import type { EventContract, EventData } from '@orion/contracts';

/** How events of one type are told in words. */
export type Teller = readonly [type: string, tell: (data: unknown) => string];

/** Binds the words to the contract; the data is checked against it before it is told. */
export const teller = <E extends EventContract>(
  contract: E,
  tell: (data: EventData<E>) => string,
): Teller => [contract.type, (data) => tell(contract.data.parse(data) as EventData<E>)];
