/** Header in which services find the user whose token was verified. Whatever a client sends in it is taken away. */
export const userIdHeader = 'X-User-Id';

/** Marks routes that need a token. */
export const tokenTag = 'token';

/** The one Lua module that the gateway's own Lua may load: the very parser with which the jwt plugin reads a token. */
export const sandboxModule = 'kong.plugins.jwt.jwt_parser';

/**
 * Refuses tokens of another issuer, and puts the subject of a token into {@link userIdHeader}, so that limits are counted per user: all users of an issuer are
 * one consumer to Kong, and its free edition can count by consumer, address, path or header only.
 *
 * It runs before the signature is verified, as every plugin that could run in between belongs to Kong's paid edition.
 * That is safe because the jwt plugin, which comes next on the same routes, refuses the request if the very same token
 * is not genuine, and only then are requests counted. A request whose token the two could read differently is refused.
 */
export const userIdScript = (issuer: string): string => `local parser = require("${sandboxModule}")

local function refuse()
  return kong.response.exit(401, { message = "Unauthorized" }, { ["WWW-Authenticate"] = "Bearer" })
end

local function needs_token()
  local route = kong.router.get_route()
  for _, tag in ipairs(route and route.tags or {}) do
    if tag == "${tokenTag}" then
      return true
    end
  end
end

return function()
  kong.service.request.clear_header("${userIdHeader}")
  if not needs_token() then
    return
  end
  local header = kong.request.get_header("authorization")
  local token = header and header:match("^%s*[Bb]earer%s+(%S+)$")
  if not token then
    return refuse()
  end
  local parsed, jwt = pcall(parser.new, parser, token)
  local claims = parsed and jwt and type(jwt.claims) == "table" and jwt.claims or {}
  local subject = claims.sub
  if claims.iss ~= ${JSON.stringify(issuer)} then
    return refuse()
  end
  if type(subject) ~= "string" or #subject > 128 or not subject:match("^[%w%-_.:|@]+$") then
    return refuse()
  end
  kong.service.request.set_header("${userIdHeader}", subject)
end
`;
