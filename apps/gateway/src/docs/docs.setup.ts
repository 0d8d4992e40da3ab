import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { openapiDocument } from '@orion/contracts';

/** The API's documents, made from the contracts: `/api/docs` for people, `/api/docs-json` for programs. */
export function setUpDocs(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, openapiDocument() as unknown as OpenAPIObject, {
    jsonDocumentUrl: 'api/docs-json',
    raw: ['json'],
    customSiteTitle: 'Orion API',
    // No validator badge: a page of the platform asks no other host for anything.
    swaggerOptions: { validatorUrl: null, persistAuthorization: true, docExpansion: 'list', filter: true },
  });
}
