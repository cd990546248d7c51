import type { HandleClientError } from '@sveltejs/kit/hooks';

/** What goes wrong while a page is changed in the browser; errors of the server come with their own words. */
export const handleError: HandleClientError = (caught) => {
  if (caught.kind === 'app') return caught.error;
  if (!navigator.onLine) return { message: 'offline', code: 'offline', requestId: '' };
  return {
    code: caught.kind === 'framework' && caught.error.status === 404 ? 'not_found' : 'client_error',
    requestId: '',
  };
};
