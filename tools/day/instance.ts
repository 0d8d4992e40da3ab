export interface Technician {
  id: number;
  x: number;
  y: number;
  /** Shift in time units from the start of the day. */
  from: number;
  to: number;
  skills: number[];
  tools: number[];
}

export interface Request extends Omit<Technician, 'from' | 'to'> {
  earliestStart: number;
  latestStart: number;
  serviceTime: number;
  spareParts: number[];
}

export interface Instance {
  name: string;
  depot: { x: number; y: number };
  technicians: Technician[];
  requests: Request[];
}

const ROW =
  /^\s*(\d+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+\[([\d,\s]*)\]\s+\[([\d,\s]*)\]\s+\[([\d,\s]*)\]\s*$/;

const list = (text: string): number[] =>
  text
    .split(',')
    .map((it) => it.trim())
    .filter(Boolean)
    .map(Number);

function row(line: string) {
  const match = ROW.exec(line);
  if (!match) return null;
  const [id, x, y, start, end, service] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [skills, tools, spareParts] = match.slice(7, 10).map((it) => list(it ?? '')) as [
    number[],
    number[],
    number[],
  ];
  return { id, x, y, start, end, service, skills, tools, spareParts };
}

/**
 * Reads a technician routing and scheduling instance as published by Pillac, Guéret and Medaglia (2013):
 * row 0 is the depot, then the crew, then the requests. Throws with the line that cannot be read.
 */
export function parseInstance(text: string): Instance {
  const lines = text.split(/\r?\n/);
  const name = lines[0]?.trim() ?? '';
  const crewAt = lines.findIndex((line) => line.includes('CREW COUNT'));
  const crew = Number(lines[crewAt + 1]?.trim().split(/\s+/)[0]);
  const tableAt = lines.findIndex((line) => /^\s*ID\s+X\s+Y/.test(line));
  if (!name || crewAt < 0 || !Number.isInteger(crew) || tableAt < 0) {
    throw new Error(
      'This is not a technician routing instance: name, CREW COUNT and the table with ID X Y are expected.',
    );
  }
  const rows = lines.slice(tableAt + 1).flatMap((line, index) => {
    if (!line.trim()) return [];
    const parsed = row(line);
    if (!parsed) throw new Error(`Line ${tableAt + 2 + index} cannot be read: "${line.trim()}"`);
    return [parsed];
  });
  const [depot, ...rest] = rows;
  if (!depot || rest.length <= crew)
    throw new Error(`The instance has ${rest.length} rows, but a crew of ${crew} and requests are expected.`);
  return {
    name,
    depot: { x: depot.x, y: depot.y },
    technicians: rest
      .slice(0, crew)
      .map(({ id, x, y, start, end, skills, tools }) => ({ id, x, y, from: start, to: end, skills, tools })),
    requests: rest.slice(crew).map(({ id, x, y, start, end, service, skills, tools, spareParts }) => ({
      id,
      x,
      y,
      earliestStart: start,
      latestStart: end,
      serviceTime: service,
      skills,
      tools,
      spareParts,
    })),
  };
}
