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
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "demo" -d 'See a small invented town outsource a week of care'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "whoami" -d 'Say who acts, and where'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "provider" -d 'Organisations that deliver care'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "client" -d 'People who receive care'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "queue" -d 'Named lists of referrals, with statuses of their own'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "account" -d 'People who act, and what they may do'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "referral" -d 'Needs of clients'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "visit" -d 'Planned calls of a referral'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "schedule" -d 'A referral\'s visits as a calendar'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "outsource" -d 'Offer visits of a referral to several providers; the first to accept wins'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "package" -d 'Offered packages and the answers to them'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "audit" -d 'Who changed what, and when'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "database" -d 'Look after the database as a whole'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l directory -d 'Take the providers from this HSDS directory instead of the invented town' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l keep -d 'Keep the database here, to look around in afterwards' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -f -a "create" -d 'Make a provider, with its agency record'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -f -a "list" -d 'List providers by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -f -a "show" -d 'Show a provider with its resources, phones and addresses'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -f -a "activate" -d 'Offer packages to it again'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -f -a "deactivate" -d 'Offer it nothing new; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -f -a "import" -d 'Take over providers from a directory'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l format -d 'The format [default: a folder or JSON is hsds, any other text is csv]' -r -f -a "hsds\t'Human Services Data Specification: a folder of tables (1, 2 or 3), or JSON (3)'
csv\t'One table with a provider in each row'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l map -d 'Which column of a table holds a field: name, id, alternate_name, description, email, phone, url, address, city, region, postal_code' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l source -d 'Where they come from; ids count within their source [default: the name of the file or folder without its ending]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l rejects -d 'Write rejected rows as CSV with a column `error`; rows of several tables into files of their own (bad.csv becomes bad.services.csv and bad.phones.csv). A table that was put right can be imported again under the same --source' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l keep-going -d 'Take the good rows even where others are rejected, and exit with 9'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a provider, with its agency record'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "list" -d 'List providers by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a provider with its resources, phones and addresses'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "activate" -d 'Offer packages to it again'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "deactivate" -d 'Offer it nothing new; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over providers from a directory'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -f -a "create" -d 'Make a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -f -a "list" -d 'List clients by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -f -a "show" -d 'Show a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -f -a "import" -d 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l given -d 'The given name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l family -d 'The family name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l birth-date -d 'The day of birth, such as 1941-03-02' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l postal-code -d 'Where the person lives' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l id -d 'The number that another system knows the person by' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Leave a client with this id as it is; without an id, one of this name and birth date'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l name -d 'Only names that begin so' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l given -d 'The given name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l family -d 'The family name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l birth-date -d 'The day of birth, such as 1941-03-02' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l postal-code -d 'Where the person lives' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l id -d 'The number that another system knows the person by' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l format -d 'The format [default: recognised by the content]' -r -f -a "csv\t''
fhir\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l map -d 'Which column holds a field: `id`, `given`, `family`, `birth_date`, `postal_code`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l source -d 'Where they come from; an id counts within its source [default: the name of the file without its ending]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l rejects -d 'Write all rejected rows, with the reasons, into this file' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l without-ids -d 'Recognise people by the ids of the source, but do not keep those as ids of the clients'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l keep-going -d 'Take the good rows even where others are rejected'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "list" -d 'List clients by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "create" -d 'Make an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "list" -d 'List accounts by login'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "show" -d 'Show an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "set-password" -d 'Give an account a password, which `--as` then asks for'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "permit" -d 'Let a portal account do more'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "forbid" -d 'Let a portal account do less'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "add-resource" -d 'Let a portal account act for resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "remove-resource" -d 'Take resources from a portal account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "enable" -d 'Let an account act again'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "disable" -d 'Let an account act no more; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show set-password permit forbid add-resource remove-resource enable disable help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l name -d 'The person\'s name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l level -d 'What the person may do' -r -f -a "trainee\t'Looks at everything, changes nothing'
standard\t'Clients, referrals, visits, packages'
supervisor\t'All that, and queues and sharing'
admin\t'Everything, with accounts, providers and settings'
provider-portal\t'Only what its resources and permissions give'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l email -d 'Where to write to the person' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l resource -d 'A resource it acts for; a provider stands for its agency record' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l can -d 'What a portal account may do beyond looking' -r -f -a "edit-capacity\t''
change-status\t''
access-contact-details\t''
respond-packages\t''
answer-sharing\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l password-file -d 'A file whose first line is the password' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l password -d 'Ask for a password'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Leave an account of this login as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l password-file -d 'A file whose first line is the password [default: asked for]' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "list" -d 'List accounts by login'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "set-password" -d 'Give an account a password, which `--as` then asks for'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "permit" -d 'Let a portal account do more'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "forbid" -d 'Let a portal account do less'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "add-resource" -d 'Let a portal account act for resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "remove-resource" -d 'Take resources from a portal account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Let an account act again'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Let an account act no more; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -f -a "add" -d 'Plan a visit, or the same visit every week'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -f -a "edit" -d 'Change when a visit is or how long it lasts'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -f -a "cancel" -d 'Cancel visits; they stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -f -a "list" -d 'List the visits of a referral by time'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -f -a "import" -d 'Take over visits from a table or a home-care instance; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l format -d '[default: hhcrsp for a .json file, otherwise csv]' -r -f -a "hhcrsp\t'A home-care instance, in JSON'
csv\t'A table: CSV, TSV and their kin'"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l date -d 'The day that an instance is planned on' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l patient -d 'Only this patient of an instance; may be given several times' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l map -d 'Which column of a table holds a field: start="Visit start"' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l rejects -d 'Write the bad rows and what is wrong with them to this file' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l keep-going -d 'Take the good rows even if there are bad ones; the exit status is then 9'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "add" -d 'Plan a visit, or the same visit every week'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change when a visit is or how long it lasts'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Cancel visits; they stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the visits of a referral by time'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over visits from a table or a home-care instance; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -f -a "show" -d 'Draw a week of a referral\'s visits; as JSON or CSV, list them'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -f -a "export" -d 'Write a referral\'s visits as an iCalendar file, without the client\'s name'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l week -d '2026-W49, or any day in the week [default: this week, or the next one with a planned visit]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l file -d 'Where to; `-` is the standard output' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l from -d 'Only from this day on' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l to -d 'Only up to this day' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l overwrite -d 'Replace the file if there is one'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from help" -f -a "show" -d 'Draw a week of a referral\'s visits; as JSON or CSV, list them'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write a referral\'s visits as an iCalendar file, without the client\'s name'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -f -a "migrate" -d 'Bring an older database up to date, after a copy was set aside; every other command does so too'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -f -a "check" -d 'Look for damage, and for anything that breaks a promise of the program'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l db -d 'The database: a file, or postgres://user:password@host/database' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from help" -f -a "migrate" -d 'Bring an older database up to date, after a copy was set aside; every other command does so too'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from help" -f -a "check" -d 'Look for damage, and for anything that breaks a promise of the program'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "init" -d 'Make a new database; you become its first admin'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "demo" -d 'See a small invented town outsource a week of care'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "whoami" -d 'Say who acts, and where'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "provider" -d 'Organisations that deliver care'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "client" -d 'People who receive care'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "queue" -d 'Named lists of referrals, with statuses of their own'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "account" -d 'People who act, and what they may do'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "referral" -d 'Needs of clients'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "visit" -d 'Planned calls of a referral'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "schedule" -d 'A referral\'s visits as a calendar'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "outsource" -d 'Offer visits of a referral to several providers; the first to accept wins'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "package" -d 'Offered packages and the answers to them'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "audit" -d 'Who changed what, and when'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "database" -d 'Look after the database as a whole'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "completions" -d 'Print the completions for a shell'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "man" -d 'Write manual pages into a folder'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client queue account referral visit schedule outsource package audit database completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "create" -d 'Make a provider, with its agency record'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "list" -d 'List providers by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "show" -d 'Show a provider with its resources, phones and addresses'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "activate" -d 'Offer packages to it again'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "deactivate" -d 'Offer it nothing new; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "import" -d 'Take over providers from a directory'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "create" -d 'Make a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "list" -d 'List clients by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "show" -d 'Show a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "import" -d 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "create" -d 'Make a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "list" -d 'List queues'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "show" -d 'Show a queue and its statuses'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "create" -d 'Make an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "list" -d 'List accounts by login'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "show" -d 'Show an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "set-password" -d 'Give an account a password, which `--as` then asks for'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "permit" -d 'Let a portal account do more'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "forbid" -d 'Let a portal account do less'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "add-resource" -d 'Let a portal account act for resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "remove-resource" -d 'Take resources from a portal account'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "enable" -d 'Let an account act again'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "disable" -d 'Let an account act no more; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "create" -d 'Put a client into a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "list" -d 'List referrals, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "show" -d 'Show a referral'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "set-status" -d 'Move a referral to another status of its queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "add" -d 'Plan a visit, or the same visit every week'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "edit" -d 'Change when a visit is or how long it lasts'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "cancel" -d 'Cancel visits; they stay in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "list" -d 'List the visits of a referral by time'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from visit" -f -a "import" -d 'Take over visits from a table or a home-care instance; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from schedule" -f -a "show" -d 'Draw a week of a referral\'s visits; as JSON or CSV, list them'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from schedule" -f -a "export" -d 'Write a referral\'s visits as an iCalendar file, without the client\'s name'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from database" -f -a "migrate" -d 'Bring an older database up to date, after a copy was set aside; every other command does so too'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from database" -f -a "check" -d 'Look for damage, and for anything that breaks a promise of the program'
