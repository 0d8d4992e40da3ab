import { z } from 'zod';

export interface ForgeFigures {
  /** Labels of each open issue that is labelled `blocker`. */
  blockers: string[][];
  /** Hours from the opening of a pull request to its first review, of the newest that were merged and reviewed. */
  reviewHours: number[];
}

export const QUERY = `query($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    issues(labels: ["blocker"], states: OPEN, first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { labels(first: 30) { nodes { name } } }
    }
    pullRequests(states: MERGED, first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { createdAt author { login } reviews(first: 10) { nodes { submittedAt author { login } } } }
    }
  }
}`;

const Author = z.object({ login: z.string() }).nullable();

export const Answer = z.object({
  data: z.object({
    repository: z.object({
      issues: z.object({
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        nodes: z.array(z.object({ labels: z.object({ nodes: z.array(z.object({ name: z.string() })) }) })),
      }),
      pullRequests: z.object({
        nodes: z.array(
          z.object({
            createdAt: z.string(),
            author: Author,
            reviews: z.object({
              nodes: z.array(z.object({ submittedAt: z.string().nullable(), author: Author })),
            }),
          }),
        ),
      }),
    }),
  }),
});
export type Answer = z.infer<typeof Answer>;

type PullRequest = Answer['data']['repository']['pullRequests']['nodes'][number];

const HOUR_MS = 3_600_000;

/** Hours until somebody else than the author said something about it. */
export function reviewHoursOf({ createdAt, author, reviews }: PullRequest): number | undefined {
  const times = reviews.nodes
    .filter((review) => review.author?.login !== author?.login)
    .flatMap(({ submittedAt }) => (submittedAt === null ? [] : [Date.parse(submittedAt)]));
  return times.length === 0 ? undefined : (Math.min(...times) - Date.parse(createdAt)) / HOUR_MS;
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const [below, above] = [(sorted.length - 1) >> 1, sorted.length >> 1].map((index) => sorted[index]);
  return below === undefined || above === undefined ? undefined : (below + above) / 2;
}

/** How many blockers concern an app, by its label. */
export const blockersOf = ({ blockers }: ForgeFigures, app: string): number =>
  blockers.filter((labels) => labels.includes(`app: ${app}`)).length;
