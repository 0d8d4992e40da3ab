import type { Facts } from '../facts';
import { type Check, checked } from './check';

interface Link {
  name: string;
  faults: string[];
}

const questions = ({ catalogue, apps }: Facts): Link[] =>
  catalogue.contracts
    .filter(({ kind }) => kind === 'question')
    .map((question) => {
      const answering = apps.flatMap(({ project, usage }) =>
        usage.answered.filter((it) => it === question).map(() => project.name),
      );
      const isRight = answering.length === 1 && answering[0] === question.service;
      return {
        name: question.id,
        faults: isRight
          ? []
          : [
              `${question.id} is answered by ${answering.join(', ') || 'nobody'}, not by ${question.service} alone`,
            ],
      };
    });

const subscriptions = ({ apps }: Facts): Link[] =>
  apps.flatMap(({ project, usage }) =>
    [...new Set(usage.heard)].map((event) => {
      const isPublished = apps.some((it) => it.usage.published.includes(event));
      return {
        name: `${project.name} hears ${event.id}`,
        faults: isPublished ? [] : [`${project.name} hears ${event.id}, which nobody publishes`],
      };
    }),
  );

/** Every question has one service that answers it, and every event that somebody hears a service that publishes it. */
export const serviceToService: Check = (facts) =>
  checked('Service to service', [...questions(facts), ...subscriptions(facts)], ({ faults }) => faults);
