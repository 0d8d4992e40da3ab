import type { Broker } from './broker';

/** A consumer that is away for longer is not waited for. */
const GIVEN_UP_MS = 15_000;
const PAUSE_MS = 300;

/**
 * Runs inside the broker, which alone sees everything at once: closes every connection, waits until as many
 * consumers as before are active on new channels, and so on; answers with the milliseconds of each round.
 */
const rounds = (count: number): string => `
  All = fun() -> rabbit_amqqueue:consumers_all(<<"/">>) end,
  Wanted = length(All()),
  Now = fun() -> erlang:monotonic_time(millisecond) end,
  Channel = fun(C) -> proplists:get_value(channel_pid, C) end,
  Back = fun Back(Old, Since) ->
    New = [C || C <- All(), proplists:get_value(active, C), not lists:member(Channel(C), Old)],
    Took = Now() - Since,
    case length(New) >= Wanted orelse Took > ${GIVEN_UP_MS} of
      true -> Took;
      false -> timer:sleep(10), Back(Old, Since)
    end
  end,
  Round = fun() ->
    timer:sleep(${PAUSE_MS}),
    Old = [Channel(C) || C <- All()],
    Since = Now(),
    [catch rabbit_networking:close_connection(P, "all connections are closed") || P <- rabbit_networking:connections()],
    {back, Back(Old, Since)}
  end,
  [{consumers, Wanted} | [Round() || _ <- lists:seq(1, ${count})]].`;

export interface Rounds {
  consumers: number;
  /** Milliseconds until all consumers were back, round by round. */
  backMs: number[];
}

/** What the broker answered: `[{consumers,9},{back,1034},…]`. */
export function roundsOf(answer: string): Rounds {
  const figures = (name: string) =>
    [...answer.matchAll(new RegExp(`{${name},(\\d+)}`, 'g'))].map((it) => Number(it[1]));
  const [consumers] = figures('consumers');
  const backMs = figures('back');
  if (consumers === undefined || backMs.length === 0) throw new Error(`the broker answered ${answer}`);
  return { consumers, backMs };
}

/** Closes all connections of the broker, again and again, each time as soon as all consumers are back. */
export async function closeAllConnections(broker: Broker, count: number): Promise<Rounds> {
  return roundsOf(await broker.evaluate(rounds(count)));
}

/** The middle one of the figures; the lower of the two middle ones. */
export const median = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor((figures.length - 1) / 2)] ?? NaN;
