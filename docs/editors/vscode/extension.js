// Starts `snapsh lsp` for scripts of snapsh.
const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const command = workspace.getConfiguration("snapsh").get("path");
  client = new LanguageClient(
    "snapsh",
    "snapsh",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ language: "snapsh" }],
      // Libraries that change on the disk are read again.
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.snap") },
    },
  );
  await client.start();
};

exports.deactivate = () => client?.stop();
