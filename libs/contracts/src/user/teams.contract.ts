import { z } from 'zod';
import { endpoint } from '../core/endpoint';
import { page, PageQuery } from '../core/page';
import { Id, IdParams, Nothing, Timestamp } from '../core/primitives';

const TeamName = z.string().trim().min(1).max(80);
const TeamDescription = z.string().trim().max(500);

export const Team = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string(),
    /** How many members belong to it. */
    memberCount: z.number().int(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Team' });

export const TeamMember = z
  .object({ userId: Id, name: z.string(), email: z.string(), addedAt: Timestamp })
  .meta({ id: 'TeamMember' });

export const listTeams = endpoint({
  id: 'organizations.list-teams',
  service: 'user',
  method: 'GET',
  path: '/organizations/:id/teams',
  summary: 'Teams of the organization, newest first',
  access: 'team.view',
  input: { params: IdParams, query: PageQuery },
  reply: page(Team),
  errors: ['NOT_FOUND'],
});

export const createTeam = endpoint({
  id: 'organizations.create-team',
  service: 'user',
  method: 'POST',
  path: '/organizations/:id/teams',
  summary: 'Create a team',
  access: 'team.manage',
  idempotency: 'optional',
  status: 201,
  input: {
    params: IdParams,
    body: z.strictObject({ name: TeamName, description: TeamDescription.default('') }),
  },
  reply: Team,
  errors: ['NOT_FOUND', 'TEAM_NAME_TAKEN'],
});

export const readTeam = endpoint({
  id: 'teams.read',
  service: 'user',
  method: 'GET',
  path: '/teams/:id',
  summary: 'One team',
  access: 'team.view',
  input: { params: IdParams },
  reply: Team,
  errors: ['NOT_FOUND'],
});

export const changeTeam = endpoint({
  id: 'teams.change',
  service: 'user',
  method: 'PATCH',
  path: '/teams/:id',
  summary: 'Rename or describe a team',
  access: 'team.manage',
  input: {
    params: IdParams,
    body: z.strictObject({ name: TeamName.optional(), description: TeamDescription.optional() }),
  },
  reply: Team,
  errors: ['NOT_FOUND', 'TEAM_NAME_TAKEN'],
});

export const deleteTeam = endpoint({
  id: 'teams.delete',
  service: 'user',
  method: 'DELETE',
  path: '/teams/:id',
  summary: 'Delete a team; its members stay members of the organization',
  access: 'team.manage',
  status: 204,
  input: { params: IdParams },
  reply: Nothing,
  errors: ['NOT_FOUND'],
});

export const listTeamMembers = endpoint({
  id: 'teams.list-members',
  service: 'user',
  method: 'GET',
  path: '/teams/:id/members',
  summary: 'Who belongs to a team',
  access: 'team.view',
  input: { params: IdParams, query: PageQuery },
  reply: page(TeamMember),
  errors: ['NOT_FOUND'],
});

export const addTeamMember = endpoint({
  id: 'teams.add-member',
  service: 'user',
  method: 'POST',
  path: '/teams/:id/members',
  summary: 'Let a member of the organization belong to a team; nothing happens where they do',
  access: 'team.manage',
  input: { params: IdParams, body: z.strictObject({ userId: Id }) },
  reply: Team,
  errors: ['NOT_FOUND'],
});

export const removeTeamMember = endpoint({
  id: 'teams.remove-member',
  service: 'user',
  method: 'POST',
  path: '/teams/:id/members/remove',
  summary: 'Let a member no longer belong to a team; nothing happens where they do not',
  access: 'team.manage',
  input: { params: IdParams, body: z.strictObject({ userId: Id }) },
  reply: Team,
  errors: ['NOT_FOUND'],
});
