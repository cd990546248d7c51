import type { Me } from '@eduplatform/contracts/people';
import type { Api } from '../api.ts';

/** The signed-in person, after their own last change. Throws ApiError. */
export const loadMe = (api: Api): Promise<Me> => api.read<Me>('/v1/me');
