// A real OpenID Connect provider for one city: node provider.mjs PORT CLIENT SECRET REDIRECT
// Whoever types an address is who has it; "unconfirmed" in it says that nobody made sure.
import Provider from "oidc-provider"

const [port, client_id, client_secret, redirect] = process.argv.slice(2)
const claimsOf = (address) => ({
  sub: `account:${address}`,
  email: address,
  email_verified: !address.includes("unconfirmed"),
  name: address.split("@")[0].replace(".", " "),
  groups: address.startsWith("council") ? ["council"] : [],
})
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id, client_secret, redirect_uris: [redirect], grant_types: ["authorization_code"], response_types: ["code"] }],
  claims: { email: ["email", "email_verified"], profile: ["name", "groups"] },
  conformIdTokenClaims: false,
  findAccount: (_context, address) => ({ accountId: address, claims: async () => claimsOf(address) }),
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ["only for tests"] },
})
provider.listen(Number(port), "127.0.0.1")
