/** One figure beside what bounds it, both measured in the same run. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  limit: number;
  /** Higher is better: value ÷ limit for a rate, limit ÷ value for a latency. */
  ratio: number;
}

type Measured = Omit<Row, 'ratio'>;

/** More is better; `limit` is what the machine gives without us. */
export const rate = (it: Measured): Row => ({ ...it, ratio: it.value / it.limit });

/** Less is better; `limit` is the floor, or the most that is allowed. */
export const latency = (it: Measured): Row => ({ ...it, ratio: it.limit / it.value });

const rounded = (it: number): number => Number(it.toPrecision(4));

/** `name value unit limit ratio`, or with `json` one object of those keys. */
export function lineOf({ name, value, unit, limit, ratio }: Row, json: boolean): string {
  const row = { name, value: rounded(value), unit, limit: rounded(limit), ratio: Number(ratio.toFixed(3)) };
  return json ? JSON.stringify(row) : Object.values(row).join(' ');
}
