/** For whom a token is meant by which somebody else proves who is there: Entra ID. */
export const tokenAudience = 'api://AzureADTokenExchange';
