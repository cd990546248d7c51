import type { Session } from '@eduplatform/contracts/http/auth';

const PASSWORD = 'a-password-of-the-bench';

/** Registers so many new students and answers their access tokens, which live for a quarter of an hour. */
export async function signInStudents(writeApiUrl: string, count: number): Promise<string[]> {
  const tokens: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const response = await fetch(`${writeApiUrl}/v1/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        email: `bench-${Date.now()}-${index}@example.com`,
        password: PASSWORD,
        name: `Student ${index}`,
      }),
    });
    if (!response.ok) throw new Error(`registering answered ${response.status}: ${await response.text()}`);
    tokens.push(((await response.json()) as Session).accessToken);
  }
  return tokens;
}
