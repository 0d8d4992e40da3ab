import { decodeCursor } from '@orion/database';
import { FieldProblems } from '@orion/problem';
import { validate } from 'uuid';

/** Where a page of members goes on: after whom it ended. */
export interface MemberPosition {
  joinedAt: Date;
  id: string;
}

export const positionOf = ({ joinedAt, id }: MemberPosition): (string | number)[] => [joinedAt.getTime(), id];

/** @throws FieldProblems for a cursor of another list */
export function memberPosition(cursor: string | undefined): MemberPosition | undefined {
  const values = decodeCursor(cursor, 2);
  if (!values) return undefined;
  const [time, id] = values;
  const joinedAt = new Date(Number(time));
  if (Number.isNaN(joinedAt.getTime()) || !validate(id)) {
    throw new FieldProblems([{ field: 'query.cursor', reason: 'is not a cursor of this list' }]);
  }
  return { joinedAt, id: String(id) };
}
