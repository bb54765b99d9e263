/// What another shell runs when Tab is pressed behind `snapsh`: each asks the program itself, so that
/// a script never knows less than the program it was made by.
///
/// `snapsh complete SHELL -- WORDS...` answers in lines: `files` where the shell should offer files,
/// `note<Tab>TEXT`, and `item<Tab>WORD<Tab>ABOUT`.
enum CompletionScript: String, CaseIterable {
  case bash, zsh, fish

  var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    }
  }

  /// The lines that `snapsh complete` prints.
  func lines(_ answer: CommandLineCompletion.Answer) -> [String] {
    var lines = answer.wantsFiles ? ["files"] : []
    if let note = answer.note { lines.append("note\t\(note)") }
    for item in answer.items where !item.text.contains(where: { $0 == "\t" || $0.isNewline }) {
      let about = item.about.filter { $0 != "\t" && !$0.isNewline }
      lines.append("item\t\(item.text)\t\(about)")
    }
    return lines
  }

  // readline puts the beginning that all candidates share in the word's place: where none begins with
  // the word, the word itself keeps it from being lost.
  private static let bashText = #"""
    # Completion for bash: eval "$(snapsh completions bash)"
    _snapsh() {
      local kind word about cur=${COMP_WORDS[COMP_CWORD]} files= fits= quote=
      local -a typed=() words=() shown=()
      [[ $cur == "=" ]] && cur=
      case $cur in [\"\']*) quote=${cur:0:1} cur=${cur:1} ;; esac
      for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        case $word in [\"\']*) word=${word#?} word=${word%[\"\']} ;; *) word=${word//\\/} ;; esac
        typed+=("$word")
      done
      while IFS=$'\t' read -r kind word about; do
        case $kind in
          files) files=1 ;;
          item)
            words+=("$word")
            shown+=("$word${about:+  ($about)}")
            [[ $word == "$cur"* ]] && fits=1
            ;;
        esac
      done < <("${COMP_WORDS[0]}" complete bash -- "${typed[@]}" 2>/dev/null)
      COMPREPLY=()
      if [[ -n $files ]]; then
        compopt -o filenames
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
      fi
      if ((${#words[@]} == 1 && ${#COMPREPLY[@]} == 0)); then
        # Inside quotes readline closes them itself.
        if [[ -n $quote ]]; then word=${words[0]}; else printf -v word %q "${words[0]}"; fi
        COMPREPLY=("$word")
      elif ((${#words[@]})); then
        COMPREPLY=("${shown[@]}" "${COMPREPLY[@]}")
        [[ -z $fits ]] && COMPREPLY+=("$cur")
        compopt -o nosort
      fi
    }
    complete -F _snapsh snapsh
    """#

  private static let zshText = #"""
    #compdef snapsh
    # Completion for zsh: eval "$(snapsh completions zsh)" after compinit
    _snapsh() {
      local kind word about note files last=${words[CURRENT]}
      local -a found shown
      # A quote that is still open would stay.
      [[ $last == [\"\']* ]] && last=${last#?} || last=${(Q)last}
      while IFS=$'\t' read -r kind word about; do
        case $kind in
          files) files=1 ;;
          note) note=$word ;;
          item)
            found+=("$word")
            shown+=("$word${about:+  -- $about}")
            ;;
        esac
      done < <("${words[1]}" complete zsh -- "${(@Q)words[2,CURRENT-1]}" "$last" 2>/dev/null)
      [[ -n $note ]] && compadd -x "$note"
      (( $#found )) && compadd -U -V snapsh -l -d shown -a found
      [[ -n $files ]] && _files
      return 0
    }
    compdef _snapsh snapsh
    """#

  private static let fishText = #"""
    # Completion for fish: snapsh completions fish | source
    function __snapsh_complete
        set -l last (string unescape -- (commandline -ct))
        or set last (string replace -r '^["\']' '' -- (commandline -ct))
        set -l words (commandline -opc) "$last"
        set -l files
        for line in ($words[1] complete fish -- $words[2..-1] 2>/dev/null)
            set -l fields (string split \t -- $line)
            switch $fields[1]
                case files
                    set files 1
                case item
                    printf '%s\t%s\n' $fields[2] "$fields[3]"
            end
        end
        if set -q files[1]
            __fish_complete_path (commandline -ct)
        end
    end
    complete -c snapsh -f -k -a '(__snapsh_complete)'
    """#
}
