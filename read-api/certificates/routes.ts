import { Type } from '@sinclair/typebox';
import { normalizeCertificateCode } from '@eduplatform/contracts/certificate-code';
import { Certificate } from '@eduplatform/contracts/learning';
import { documentKeys } from '@eduplatform/contracts/redis-keys';
import { ProblemError } from '@eduplatform/http-kit/problem';
import type { App } from '@eduplatform/http-kit/server';
import { ReadHeaders } from '../answers/schemas.ts';
import { sendAnswer } from '../answers/send.ts';
import type { RouteDependencies } from '../dependencies.ts';

export function certificateRoutes(app: App, { documents, beginRead }: RouteDependencies): void {
  const schema = {
    tags: ['Certificates'],
    summary: 'Verify a certificate by its code, in upper or lower case, with or without dashes',
    params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 60 }) }),
    headers: ReadHeaders,
    response: { 200: Certificate },
  };
  app.get('/v1/certificates/:code', { schema }, async (request, reply) => {
    const read = await beginRead(request, reply, ['redis']);
    const document = await documents.get(read, documentKeys.certificate(normalizeCertificateCode(request.params.code)));
    if (!document) throw new ProblemError('certificate_not_found');
    return sendAnswer(request, reply, document, 'anyone');
  });
}
