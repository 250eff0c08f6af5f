# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_caredesk_global_optspecs
    string join \n db= as= o/output= columns= for= color= q/quiet y/yes dry-run exit-code no-input h/help V/version
end

function __fish_caredesk_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_caredesk_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_caredesk_using_subcommand
    set -l cmd (__fish_caredesk_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c caredesk -n "__fish_caredesk_needs_command" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_needs_command" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_needs_command" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_needs_command" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_needs_command" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_needs_command" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_needs_command" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_needs_command" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_needs_command" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_needs_command" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_needs_command" -s V -l version -d 'Print version'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "init" -d 'Make a new database; you become its first admin'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "whoami" -d 'Say who acts, and where'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "provider" -d 'Organisations that deliver care'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "queue" -d 'Named lists of referrals, with statuses of their own'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "referral" -d 'Needs of clients'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "visit" -d 'Planned calls of a referral'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "outsource" -d 'Offer visits of a referral to several providers; the first to accept wins'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "package" -d 'Offered packages and the answers to them'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "audit" -d 'Who changed what, and when'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "completions" -d 'Print the completions for a shell'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "man" -d 'Write manual pages into a folder'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l admin -d 'The login of the first admin [default: yours]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l time-zone -d 'The time zone of the hub\'s calendar, such as Europe/London' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l if-not-exists -d 'Leave a database that is there as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -f -a "create" -d 'Make a provider, with its agency record'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -f -a "list" -d 'List providers by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -f -a "show" -d 'Show a provider with its resources, phones and addresses'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -f -a "activate" -d 'Offer packages to it again'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -f -a "deactivate" -d 'Offer it nothing new; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l email -d 'Where to write' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l phone -d 'Where to call' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l postal-code -d 'Its postal code' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l url -d 'Its page on the web' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Leave a provider of this name as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l name -d 'Only names that begin so' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l active -d 'Only active ones'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l inactive -d 'Only inactive ones'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l name -d 'Another name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l email -d 'Where to write' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l phone -d 'Where to call' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l postal-code -d 'Its postal code' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l url -d 'Its page on the web' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a provider, with its agency record'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "list" -d 'List providers by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a provider with its resources, phones and addresses'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "activate" -d 'Offer packages to it again'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "deactivate" -d 'Offer it nothing new; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -f -a "create" -d 'Make a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -f -a "list" -d 'List queues'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -f -a "show" -d 'Show a queue and its statuses'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l status -d 'A status, in order; the first is where referrals arrive' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Leave a queue of this name as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "list" -d 'List queues'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a queue and its statuses'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -f -a "create" -d 'Put a client into a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -f -a "list" -d 'List referrals, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -f -a "show" -d 'Show a referral'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -f -a "set-status" -d 'Move a referral to another status of its queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create list show set-status help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l queue -d 'Which queue: its name or the beginning of it' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l client -d 'The client: a code, an id or a name, or the beginning of one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l note -d 'Whatever else should be known' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l queue -d 'Only in this queue' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l status -d 'Only in a status of this name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l client -d 'Only of this client' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l open -d 'Only in open statuses'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l from -d 'Only if it is in this status now' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l note -d 'Replaces the note' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "create" -d 'Put a client into a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "list" -d 'List referrals, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a referral'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "set-status" -d 'Move a referral to another status of its queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -f -a "add" -d 'Plan a visit, or the same visit every week'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -f -a "edit" -d 'Change when a visit is or how long it lasts'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -f -a "cancel" -d 'Cancel visits; they stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -f -a "list" -d 'List the visits of a referral by time'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l start -d '"2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l duration -d 'Minutes, or 45m, 1h, 1h30' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l weekly -d 'Repeat on these days: mon,wed,fri, daily, weekdays, weekends' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l until -d 'The last day of the repetition' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l note -d 'Whatever else should be known' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l start -d 'When it is to be: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l duration -d 'Minutes, or 45m, 1h, 1h30' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l note -d '`none` clears it' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l from -d 'Only from this day on' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l to -d 'Only up to this day' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l planned -d 'Leave cancelled visits out'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "add" -d 'Plan a visit, or the same visit every week'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change when a visit is or how long it lasts'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Cancel visits; they stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the visits of a referral by time'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -f -a "create" -d 'Offer visits of a referral to providers as one package'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -f -a "add-provider" -d 'Ask more providers'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -f -a "remove-provider" -d 'Take providers out again; their answers stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -f -a "delete" -d 'Recall a package: it vanishes from the providers\' lists and its visits are free again'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -f -a "resend" -d 'Recall a package and send its visits, as they are now, to the same providers'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l visit -d 'A visit of the referral; asked for on a terminal' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l provider -d 'A provider to ask; asked for on a terminal' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l reference -d 'What to call the package [default: its code]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l all-visits -d 'Every planned visit that is in no package yet'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from help" -f -a "create" -d 'Offer visits of a referral to providers as one package'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from help" -f -a "add-provider" -d 'Ask more providers'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from help" -f -a "remove-provider" -d 'Take providers out again; their answers stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Recall a package: it vanishes from the providers\' lists and its visits are free again'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from help" -f -a "resend" -d 'Recall a package and send its visits, as they are now, to the same providers'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -f -a "list" -d 'List packages, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -f -a "show" -d 'Show a package with its visits and the answers to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -f -a "respond" -d 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -f -a "rename" -d 'Give a package another reference'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l status -d 'Only in this status; recalled ones are listed only so' -r -f -a "pending\t'Somebody has still to answer'
accepted\t''
rejected\t'All have rejected; providers may still be added'
recalled\t'Deleted; kept for the history'"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l provider -d 'Only those offered to this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l referral -d 'Only of this referral' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l provider -d 'Who answers: its code or name, or the beginning of either' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l reason -d 'Why not' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l accept -d 'Take the whole package'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l reject -d 'Decline the whole package'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from help" -f -a "list" -d 'List packages, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a package with its visits and the answers to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from help" -f -a "respond" -d 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Give a package another reference'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -f -a "list" -d 'List changes, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -f -a "verify" -d 'Check that no entry was changed or taken out'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l on -d 'Only changes of this thing: its code, login or name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l by -d 'Only changes by this login, or in its name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l limit -d 'At most so many' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l after -d 'Only entries before this number' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List changes, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that no entry was changed or taken out'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "init" -d 'Make a new database; you become its first admin'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "whoami" -d 'Say who acts, and where'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "provider" -d 'Organisations that deliver care'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "queue" -d 'Named lists of referrals, with statuses of their own'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "referral" -d 'Needs of clients'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "visit" -d 'Planned calls of a referral'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "outsource" -d 'Offer visits of a referral to several providers; the first to accept wins'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "package" -d 'Offered packages and the answers to them'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "audit" -d 'Who changed what, and when'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "completions" -d 'Print the completions for a shell'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "man" -d 'Write manual pages into a folder'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init whoami provider queue referral visit outsource package audit completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "create" -d 'Make a provider, with its agency record'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "list" -d 'List providers by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "show" -d 'Show a provider with its resources, phones and addresses'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "activate" -d 'Offer packages to it again'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "deactivate" -d 'Offer it nothing new; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "create" -d 'Make a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "list" -d 'List queues'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "show" -d 'Show a queue and its statuses'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "create" -d 'Put a client into a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "list" -d 'List referrals, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "show" -d 'Show a referral'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "set-status" -d 'Move a referral to another status of its queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "add" -d 'Plan a visit, or the same visit every week'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "edit" -d 'Change when a visit is or how long it lasts'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "cancel" -d 'Cancel visits; they stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "list" -d 'List the visits of a referral by time'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from outsource" -f -a "create" -d 'Offer visits of a referral to providers as one package'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from outsource" -f -a "add-provider" -d 'Ask more providers'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from outsource" -f -a "remove-provider" -d 'Take providers out again; their answers stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from outsource" -f -a "delete" -d 'Recall a package: it vanishes from the providers\' lists and its visits are free again'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from outsource" -f -a "resend" -d 'Recall a package and send its visits, as they are now, to the same providers'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from package" -f -a "list" -d 'List packages, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from package" -f -a "show" -d 'Show a package with its visits and the answers to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from package" -f -a "respond" -d 'Accept or reject a package for a provider; the first to accept wins, and an answer is final'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from package" -f -a "rename" -d 'Give a package another reference'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "list" -d 'List changes, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Check that no entry was changed or taken out'
