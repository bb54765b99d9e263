package import SnapCommands
package import SnapLanguage
import SnapOutput

extension CommandLookup {
  /// With the formats of plugins for `to`, which are looked for when it is used.
  package func withFormats(of plugins: InstalledPlugins) -> CommandLookup {
    let named = named
    return replacing { name in
      guard name == "to" else { return named(name) }
      let formats = plugins.formats
      return formats.isEmpty ? named(name) : To(others: formats)
    }
  }
}

/// The plugins as the language sees them.
package struct InstalledPlugins: InstalledCommands {
  package let catalog: PluginCatalog
  let processes: PluginProcesses

  package init(catalog: PluginCatalog, processes: PluginProcesses) {
    self.catalog = catalog
    self.processes = processes
  }

  package var areRunning: Bool { processes.areRunning }

  /// Ends the plugins that run. It may block.
  package func endAll() { processes.endAll() }

  package func command(_ name: String) -> (any Callable)? {
    guard let dot = name.firstIndex(of: ".") else {
      guard let plugin = catalog.plugin(name), plugin.kind == .program,
        case .program(let about) = plugin.content
      else { return nil }
      return ProgramCommand(plugin: plugin, about: about, processes: processes)
    }
    guard let plugin = catalog.plugin(String(name[..<dot])), let manifest = plugin.manifest,
      let declaration = manifest.commands.first(where: {
        $0.name == name[name.index(after: dot)...]
      })
    else { return nil }
    return ProtocolCommand(plugin: plugin, declaration: declaration, processes: processes)
  }

  package func library(_ name: String) throws -> SourceText? {
    guard let plugin = catalog.plugin(name), plugin.kind == .script else { return nil }
    try catalog.checkMayRun(plugin)
    guard case .script(let source, _) = plugin.content else { return nil }
    return source
  }

  /// How plugins write rows, for `to`; none in place of a built-in format.
  package var formats: [To.Format] {
    catalog.usable.flatMap { plugin in
      plugin.formats.filter { DataFormat(rawValue: $0) == nil }.map { name in
        To.Format(name) { [processes] value, host in
          try FormatRequest(name: name, plugin: plugin).text(of: value, processes, host)
        }
      }
    }
  }

  package func names() -> [String] { catalog.signatures.map(\.name) }

  /// With what Tab asks of the plugins themselves.
  package var signatures: [Signature] {
    catalog.usable.flatMap { plugin -> [Signature] in
      guard let manifest = plugin.manifest else { return plugin.signatures }
      return manifest.commands.map {
        ProtocolCommand(plugin: plugin, declaration: $0, processes: processes).signature
      }
    }
  }
}
