// A string and a template that are not closed, and brackets that do not fit.
const a = fetch('https://vault.corp.example:8200/v1/auth/kubernetes/login);
function b( { return [ fetch("https://id.corp.example/oauth2/token"); }
const c = `https://${
