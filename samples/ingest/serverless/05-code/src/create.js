exports.handler = async () => fetch("https://id.corp.example/oauth2/token");
