export const apiInfo = {
  title: 'Orion API',
  version: '1',
  description:
    'Field service platform. Errors are problem documents (RFC 9457); lists page by cursor; calls that take an ' +
    '`Idempotency-Key` can be repeated without a second effect.',
};
