import { describe, expect, it, vi } from 'vitest';
import type { Api } from '../api.ts';
import { ApiError } from '../problem.ts';
import { refuse, runForm } from './run.ts';

const callerWith = (write: () => Promise<unknown>) => ({ api: { write } as unknown as Api, requestId: 'request-1' });
const command = { form: 'profile', method: 'PATCH', path: '/v1/auth/profile', values: { name: 'Ada' } } as const;

describe('a form', () => {
  it('answers what the API answered, under its own name', async () => {
    const write = vi.fn().mockResolvedValue({ data: { version: 2 } });
    expect(await runForm(callerWith(write), { ...command, body: { name: 'Ada' } })).toEqual({
      form: 'profile',
      done: true,
      data: { version: 2 },
    });
    expect(write).toHaveBeenCalledWith('PATCH', '/v1/auth/profile', { body: { name: 'Ada' } });
  });

  it('keeps what was typed and names each refused field once, with status and code of the refusal', async () => {
    const problem = {
      ...{ type: '', title: '', status: 400, code: 'invalid_request' },
      errors: ['body/links/0', 'body/links/3', 'body/bio'].map((path) => ({ path, message: 'is wrong' })),
    };
    const refused = async () => {
      throw new ApiError('write', 400, 'invalid_request', { problem });
    };
    expect(await runForm(callerWith(refused), command)).toMatchObject({
      status: 400,
      data: {
        form: 'profile',
        code: 'invalid_request',
        requestId: 'request-1',
        fields: ['links', 'bio'],
        values: { name: 'Ada' },
      },
    });
  });

  it('lets what is no answer of an API through', async () => {
    const broken = async () => {
      throw new TypeError('a bug');
    };
    await expect(runForm(callerWith(broken), command)).rejects.toThrow('a bug');
  });

  it('may be refused before any API is asked', () => {
    expect(refuse('request-1', 'password', ['newPassword'])).toMatchObject({
      status: 400,
      data: { form: 'password', code: 'invalid_request', fields: ['newPassword'], values: {} },
    });
  });
});
