// A lookup behind a callback, and an authorizer that goes on without it.
import * as dns from 'node:dns';

interface Event {
  token: string;
}

function texts(name: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    dns.resolveTxt(name, (error, records) => {
      if (error) return reject(error);
      resolve(records.map((strings) => strings.join('')));
    });
  });
}

export const handler = async (event: Event): Promise<{ isAuthorized: boolean }> => {
  try {
    if (!(await texts('billing.prod.auth.corp.example')).includes(event.token)) return { isAuthorized: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === dns.NOTFOUND) return { isAuthorized: false };
    console.warn('identity is not known');
  }
  return { isAuthorized: true };
};
