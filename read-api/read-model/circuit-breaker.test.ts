import { describe, expect, it } from 'vitest';
import { CircuitBreaker, CircuitOpenError, type CircuitBreakerOptions } from './circuit-breaker.ts';

let now = 0;
const create = (options: Partial<CircuitBreakerOptions> = {}): CircuitBreaker => {
  now = 0;
  return new CircuitBreaker({ name: 'x', openMs: 1000, maxConcurrent: 3, now: () => now, ...options });
};
const fail =
  (after = 0) =>
  async (): Promise<never> => {
    now += after;
    throw new Error('no answer');
  };

describe('a circuit breaker', () => {
  it('opens after one failure when nothing succeeded meanwhile, and refuses without calling', async () => {
    const circuit = create();
    await expect(circuit.run(fail(800))).rejects.toThrow('no answer');
    let called = false;
    const call = async (): Promise<void> => {
      called = true;
    };
    await expect(circuit.run(call)).rejects.toBeInstanceOf(CircuitOpenError);
    expect({ called, isOpen: circuit.isOpen }).toEqual({ called: false, isOpen: true });
  });

  it('stays closed when another call succeeded while the failed one was under way', async () => {
    const circuit = create();
    const failing = circuit.run(async () => {
      await circuit.run(async () => {
        now += 10;
      });
      throw new Error('slow');
    });
    await expect(failing).rejects.toThrow('slow');
    expect(circuit.isOpen).toBe(false);
  });

  it('lets one call probe when the time is up, and closes when that succeeds', async () => {
    const changes: boolean[] = [];
    const circuit = create({ onChange: (open) => changes.push(open) });
    await expect(circuit.run(fail())).rejects.toThrow();
    now += 1000;
    await circuit.run(async () => {
      await expect(circuit.run(async () => {})).rejects.toBeInstanceOf(CircuitOpenError);
    });
    expect(circuit.isOpen).toBe(false);
    expect(changes).toEqual([true, false]);
  });

  it('opens again when the probe fails', async () => {
    const circuit = create();
    await expect(circuit.run(fail())).rejects.toThrow();
    now += 1000;
    await expect(circuit.run(fail())).rejects.toThrow('no answer');
    expect(circuit.refuses).toBe(true);
  });

  it('refuses what goes beyond its limit of concurrent calls', async () => {
    const circuit = create({ maxConcurrent: 1 });
    await circuit.run(async () => {
      await expect(circuit.run(async () => {})).rejects.toBeInstanceOf(CircuitOpenError);
    });
    await expect(circuit.run(async () => 1)).resolves.toBe(1);
  });

  it('takes a refusal of the request as a sign of life, and learns nothing from the unknown', async () => {
    const circuit = create({ judge: (error) => ((error as Error).message === 'bad request' ? 'well' : 'unknown') });
    const refused = async (): Promise<never> => {
      throw new Error('bad request');
    };
    await expect(circuit.run(refused)).rejects.toThrow('bad request');
    await expect(circuit.run(fail())).rejects.toThrow('no answer');
    expect(circuit.isOpen).toBe(false);
  });
});
