import { type Check, checked } from './check';

/** Every event is published by the service in its type, by no other, and heard by somebody. */
export const eventSchemas: Check = ({ catalogue, apps }) =>
  checked(
    'Event schemas',
    catalogue.contracts.filter(({ kind }) => kind === 'event'),
    (event) => {
      const publishers = apps.filter(({ usage }) => usage.published.includes(event));
      const others = publishers.filter(({ project }) => project.name !== event.service);
      return [
        ...(publishers.length === others.length ? [`${event.id} is not published by ${event.service}`] : []),
        ...others.map(({ project }) => `${event.id} of ${event.service} is published by ${project.name}`),
        ...(apps.some(({ usage }) => usage.heard.includes(event)) ? [] : [`${event.id} is heard by nobody`]),
      ];
    },
  );
