/**
 * What a shell has to be told once. Each script asks the program itself what may stand next, so that it never grows old.
 */

export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/** The hidden first word by which a script asks. Behind it: the words so far. The answer: "files", "folders" or "words", then a candidate a line. */
export const ASKED_BY_SHELL = "__complete";

const BASH = `# dupfind completion for bash: source <(dupfind completion bash)
_dupfind() {
  local IFS=$'\\n' cur=\${COMP_WORDS[COMP_CWORD]} line lines
  # bash takes "--sort=size" for three words
  [[ $cur == "=" ]] && cur=
  mapfile -t lines < <(dupfind ${ASKED_BY_SHELL} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  COMPREPLY=()
  for line in "\${lines[@]:1}"; do COMPREPLY+=("\${line%%$'\\t'*}"); done
  case \${lines[0]} in
    folders) compopt -o filenames; COMPREPLY+=($(compgen -d -- "$cur")) ;;
    files) compopt -o filenames; COMPREPLY+=($(compgen -f -- "$cur")) ;;
  esac
}
complete -F _dupfind dupfind
`;

const ZSH = `#compdef dupfind
# dupfind completion for zsh: save as _dupfind in a folder of $fpath, or source <(dupfind completion zsh) after compinit
_dupfind() {
  local -a lines words_described
  local line
  lines=("\${(@f)$(dupfind ${ASKED_BY_SHELL} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${(@)lines[2,-1]}"; do
    words_described+=("\${\${line%%$'\\t'*}//:/\\\\:}\${\${line#*$'\\t'}:+:\${line#*$'\\t'}}")
  done
  (( \${#words_described} )) && _describe dupfind words_described
  # The value of "--protect=folder"
  [[ \${lines[1]} != words && $PREFIX == --*=* ]] && compset -P 1 '*='
  case \${lines[1]} in
    folders) _files -/ ;;
    files) _files ;;
  esac
}
if [ "$funcstack[1]" = "_dupfind" ]; then _dupfind "$@"; else compdef _dupfind dupfind; fi
`;

const FISH = `# dupfind completion for fish: dupfind completion fish > ~/.config/fish/completions/dupfind.fish
function __dupfind_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l lines (dupfind ${ASKED_BY_SHELL} $words[2..-1] 2>/dev/null)
  printf '%s\\n' $lines[2..-1]
  switch "$lines[1]"
    case folders
      __fish_complete_directories (commandline -ct)
    case files
      # A command that is none gets files, with "~" and quotes understood
      complete -C "no-command-of-this-name "(commandline -ct)
  end
end
complete -c dupfind -f -a '(__dupfind_complete)'
`;

const POWERSHELL = `# dupfind completion for PowerShell: dupfind completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName dupfind -ScriptBlock {
  param($typed, $line, $cursor)
  $words = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | Select-Object -Skip 1 | ForEach-Object { "$_" })
  # Before 7.3 PowerShell drops an empty argument, unless it is written with its quotes
  $last = if ("$typed" -eq '' -and $PSVersionTable.PSVersion -lt [version]'7.3') { '""' } else { "$typed" }
  $lines = @(dupfind ${ASKED_BY_SHELL} @words $last 2>$null)
  $lines | Select-Object -Skip 1 | ForEach-Object {
    $word, $description = $_ -split "\\t", 2
    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $(if ($description) { $description } else { $word }))
  }
  if ($lines[0] -ne 'words') {
    [System.Management.Automation.CompletionCompleters]::CompleteFilename("$typed") |
      Where-Object { $lines[0] -eq 'files' -or $_.ResultType -eq 'ProviderContainer' }
  }
}
`;

export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH, powershell: POWERSHELL };
