# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_caredesk_global_optspecs
    string join \n db= as= o/output= columns= for= color= q/quiet v/verbose y/yes dry-run exit-code no-input h/help V/version
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

complete -c caredesk -n "__fish_caredesk_needs_command" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_needs_command" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "contact" -d 'Submitted intake records'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "queue" -d 'Named lists of referrals, with statuses of their own'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "resource" -d 'What referrals are sent to: agencies and their programs'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "capacity" -d 'How many more referrals resources can take'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "account" -d 'People who act, and what they may do'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "referral" -d 'Needs of clients'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "visit" -d 'Planned calls of a referral'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "schedule" -d 'A referral\'s visits as a calendar'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "outsource" -d 'Offer visits of a referral to several providers; the first to accept wins'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "package" -d 'Offered packages and the answers to them'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "category" -d 'Sorts of service, as contracts and records name them'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "contract" -d 'Under which providers deliver services'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "record" -d 'What providers have written down about clients, and who sees it'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "sharing" -d 'Who shares which data of whom with whom'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "release" -d 'Signed releases of information, and their documents'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "disclosure" -d 'The register of who looked at whose records'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "alert" -d 'Messages to portal accounts that a referral was assigned to them'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "report" -d 'How many referrals wait where, and who can take more'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "audit" -d 'Who changed what, and when'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "database" -d 'Look after the database as a whole'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "completions" -d 'Print the completions for a shell'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "man" -d 'Write manual pages into a folder'
complete -c caredesk -n "__fish_caredesk_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l admin -d 'The login of the first admin [default: yours]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l time-zone -d 'The time zone of the hub\'s calendar, such as Europe/London' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l hub -d 'What the hub calls itself, for the letterhead of what is printed' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l directory -d 'Take the providers from this HSDS directory instead of the invented town' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l keep -d 'Keep the database here, to look around in afterwards' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "create" -d 'Make a provider, with its agency record'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "list" -d 'List providers by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "show" -d 'Show a provider with its resources, phones and addresses'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "activate" -d 'Offer packages to it again'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "deactivate" -d 'Offer it nothing new; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "add-resource" -d 'Make a program of a provider, and give portal accounts access to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "remove-resource" -d 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "import" -d 'Take over providers from a directory'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and not __fish_seen_subcommand_from create list show edit activate deactivate add-resource remove-resource import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l email -d 'Where to write' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l phone -d 'Where to call' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l postal-code -d 'Its postal code' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l url -d 'Its page on the web' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l name -d 'Only names that begin so' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l account -d 'A portal account that is to act for it' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l queue -d 'A queue that is to send it referrals' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l if-not-exists -d 'Leave a resource of this name as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from add-resource" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from remove-resource" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l format -d 'The format [default: a folder or JSON is hsds, any other text is csv]' -r -f -a "hsds\t'Human Services Data Specification: a folder of tables (1, 2 or 3), or JSON (3)'
csv\t'One table with a provider in each row'"
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l map -d 'Which column of a table holds a field: name, id, `alternate_name`, description, email, phone, url, address, city, region, `postal_code`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l source -d 'Where they come from; ids count within their source [default: the name of the file or folder without its ending]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l rejects -d 'Write rejected rows as CSV with a column `error`; rows of several tables into files of their own (bad.csv becomes bad.services.csv and bad.phones.csv). A table that was put right can be imported again under the same --source' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from import" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "add-resource" -d 'Make a program of a provider, and give portal accounts access to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "remove-resource" -d 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over providers from a directory'
complete -c caredesk -n "__fish_caredesk_using_subcommand provider; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -f -a "create" -d 'Make a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -f -a "list" -d 'List clients by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -f -a "show" -d 'Show a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -f -a "import" -d 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -f -a "enroll" -d 'Say whether a client is active at a provider; requests of sharing need both'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and not __fish_seen_subcommand_from create list show edit import enroll help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l given -d 'The given name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l family -d 'The family name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l birth-date -d 'The day of birth, such as 1941-03-02' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l postal-code -d 'Where the person lives' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l id -d 'The number that another system knows the person by' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l name -d 'Only names that begin so' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l status -d 'How the client stands there from now on' -r -f -a "active\t''
inactive\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l date -d 'Since which day that is so; not one to come [default: today, or as it was]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from enroll" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "list" -d 'List clients by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "enroll" -d 'Say whether a client is active at a provider; requests of sharing need both'
complete -c caredesk -n "__fish_caredesk_using_subcommand client; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -f -a "create" -d 'Take in a contact, of a client or of somebody new'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -f -a "list" -d 'List contacts, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -f -a "show" -d 'Show a contact, with its referrals'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -f -a "pdf" -d 'Print a contact, with its referrals, as a PDF; the look is recorded'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and not __fish_seen_subcommand_from create list show edit pdf help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l client -d 'Whose: a code, an id or a name, or the beginning of one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l given -d 'The given name of a new client, who is made with it' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l family -d 'The family name of a new client' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l postal-code -d 'Where the person lives [default: what the client has]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l phone -d 'Where to call' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l email -d 'Where to write to' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l date -d 'The submit date [default: today]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l number -d 'What people quote [default: a new CON-…]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l details -d 'What was told, as it was told' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l details-file -d 'A text file that says it, in UTF-8; `-` is the standard input' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Leave a contact with this number as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l client -d 'Only of this client' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l since -d 'Only those submitted on this day or later' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l until -d 'Only those submitted on this day or earlier' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l given -d 'The given name as it was submitted' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l family -d 'The family name as it was submitted' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l postal-code -d 'Where the person lives' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l phone -d 'Where to call' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l email -d 'Where to write to' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l date -d 'The submit date' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l number -d 'What people quote' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l details -d 'What was told, as it was told' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l details-file -d 'A text file that says it, in UTF-8; `-` is the standard input' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l file -d 'Where to; `-` is the standard output' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l overwrite -d 'Replace the file if there is one'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from pdf" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from help" -f -a "create" -d 'Take in a contact, of a client or of somebody new'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from help" -f -a "list" -d 'List contacts, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a contact, with its referrals'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from help" -f -a "pdf" -d 'Print a contact, with its referrals, as a PDF; the look is recorded'
complete -c caredesk -n "__fish_caredesk_using_subcommand contact; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "create" -d 'Make a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "list" -d 'List queues by name; inactive ones only with --all'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "show" -d 'Show a queue, its statuses and the resources that take its referrals'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "edit" -d 'Give a queue another name'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "add-status" -d 'Give a queue one more status, or bring back a retired one'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "retire-status" -d 'Let a status take no more referrals; without any in it, it is taken away'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "add-resource" -d 'Let a queue send referrals to resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "remove-resource" -d 'Send a queue\'s referrals to resources no more; what is assigned stays'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "activate" -d 'Let a queue take new referrals again'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "deactivate" -d 'Let a queue take no new referrals; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and not __fish_seen_subcommand_from create list show edit add-status retire-status add-resource remove-resource activate deactivate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l status -d 'A status, in order; the first is where referrals arrive' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l all -d 'Inactive ones as well'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l name -d 'Another name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l after -d 'Stand behind this one [default: at the end]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l first -d 'Stand first, where referrals arrive'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l if-not-exists -d 'Leave a status of this label as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from retire-status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from add-resource" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from remove-resource" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "list" -d 'List queues by name; inactive ones only with --all'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a queue, its statuses and the resources that take its referrals'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Give a queue another name'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "add-status" -d 'Give a queue one more status, or bring back a retired one'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "retire-status" -d 'Let a status take no more referrals; without any in it, it is taken away'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "add-resource" -d 'Let a queue send referrals to resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "remove-resource" -d 'Send a queue\'s referrals to resources no more; what is assigned stays'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "activate" -d 'Let a queue take new referrals again'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "deactivate" -d 'Let a queue take no new referrals; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand queue; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -f -a "list" -d 'List resources by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -f -a "show" -d 'Show a resource with its capacity, its queues and who acts for it'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and not __fish_seen_subcommand_from list show edit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l provider -d 'Only of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l queue -d 'Only those that take the referrals of this queue' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l state -d 'Only in this state' -r -f -a "active\t'Takes referrals'
paused\t'Takes none for now'
inactive\t'Gone from every choice; its history stays'"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l name -d 'Another name, for a program' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l state -d 'Whether it takes referrals' -r -f -a "active\t'Takes referrals'
paused\t'Takes none for now'
inactive\t'Gone from every choice; its history stays'"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l description -d 'What it does' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l eligibility -d 'Who may come' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l fees -d 'What it costs' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l application-process -d 'How to apply' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l email -d 'Where to write' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l url -d 'Its page on the web' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from help" -f -a "list" -d 'List resources by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a resource with its capacity, its queues and who acts for it'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand resource; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -f -a "set" -d 'Say how many more referrals a resource can take, from now on or for a while'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -f -a "show" -d 'Show the capacity of a resource: what counts now, what is to come, what was'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -f -a "list" -d 'List what counts now, by resource'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -f -a "edit" -d 'Change an entry; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -f -a "remove" -d 'Take an entry back; it stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and not __fish_seen_subcommand_from set show list edit remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l unit -d 'What is counted, such as beds' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l maximum -d 'The most that there can ever be' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l from -d 'From the start of a day, or from a moment [default: now]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l until -d 'To the end of a day, or until a moment' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l note -d 'A word to the hub' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l all -d 'Entries that were removed as well'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l resource -d 'Only of this resource' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l provider -d 'Only of the resources of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l all -d 'Also what is to come, what is over and what was removed'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l places -d 'How many more referrals it can take; 0 for none' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l unit -d 'What is counted, such as beds' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l maximum -d 'The most that there can ever be' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l from -d 'From the start of a day, or from a moment; only before it has started' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l until -d 'To the end of a day, or until a moment' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l note -d 'A word to the hub' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from help" -f -a "set" -d 'Say how many more referrals a resource can take, from now on or for a while'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the capacity of a resource: what counts now, what is to come, what was'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from help" -f -a "list" -d 'List what counts now, by resource'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change an entry; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Take an entry back; it stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand capacity; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "create" -d 'Make an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "list" -d 'List accounts by login'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "show" -d 'Show an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "alerts" -d 'Have a portal account written to when a referral is assigned to its resource, or not'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "import" -d 'Take over accounts from a table or JSON; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "set-password" -d 'Give an account a password, which `--as` then asks for'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "permit" -d 'Let a portal account do more'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "forbid" -d 'Let a portal account do less'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "add-resource" -d 'Let a portal account act for resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "remove-resource" -d 'Take resources from a portal account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "enable" -d 'Let an account act again'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "disable" -d 'Let an account act no more; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and not __fish_seen_subcommand_from create list show edit alerts import set-password permit forbid add-resource remove-resource enable disable help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l name -d 'The person\'s name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l level -d 'What the person may do' -r -f -a "trainee\t'Looks at everything, changes nothing'
standard\t'Clients, contacts, referrals, visits, packages, records'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l name -d 'The person\'s name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l email -d 'Where to write to the person' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l level -d 'What the person may do. A level of staff ends the resources and permissions of a portal account' -r -f -a "trainee\t'Looks at everything, changes nothing'
standard\t'Clients, contacts, referrals, visits, packages, records'
supervisor\t'All that, and queues and sharing'
admin\t'Everything, with accounts, providers and settings'
provider-portal\t'Only what its resources and permissions give'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from alerts" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l map -d 'Which column holds a field' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l rejects -d 'Write all rejected rows, with the reasons, into this file' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l keep-going -d 'Take the good rows even where others are rejected'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l password-file -d 'A file whose first line is the password [default: asked for]' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from set-password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from permit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from forbid" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from add-resource" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from remove-resource" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "list" -d 'List accounts by login'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "alerts" -d 'Have a portal account written to when a referral is assigned to its resource, or not'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over accounts from a table or JSON; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "set-password" -d 'Give an account a password, which `--as` then asks for'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "permit" -d 'Let a portal account do more'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "forbid" -d 'Let a portal account do less'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "add-resource" -d 'Let a portal account act for resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "remove-resource" -d 'Take resources from a portal account'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Let an account act again'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Let an account act no more; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -f -a "create" -d 'Put a contact or a client into a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -f -a "assign" -d 'Send a referral to a resource; whoever had it before sees it no more'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -f -a "unassign" -d 'Take a referral from its resource, which sees it no more'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -f -a "set-status" -d 'Move a referral to another status of its queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -f -a "note" -d 'Replace the note that the hub and the provider share'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -f -a "list" -d 'List referrals, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -f -a "show" -d 'Show a referral, and to staff what became of it'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and not __fish_seen_subcommand_from create assign unassign set-status note list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l queue -d 'Which queue: its name or the beginning of it' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l contact -d 'The contact: its number or name, or the beginning of either' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l client -d 'The client, where there is no contact: a code, an id or a name, or the beginning of one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l resource -d 'Send it to this resource at once' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l note -d 'Whatever else should be known; the provider reads it too' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l strict -d 'Refuse where the resource has no capacity left'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l note -d 'Replaces the note; the provider reads it too' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l strict -d 'Refuse where the resource has no capacity left'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from unassign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l from -d 'Only if it is in this status now' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l note -d 'Replaces the note' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from set-status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l append -d 'Add a line instead of replacing the note'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from note" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l queue -d 'Only in this queue' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l status -d 'Only in a status of this name' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l resource -d 'Only at this resource' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l provider -d 'Only at a resource of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l client -d 'Only of this client' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l contact -d 'Only of this contact: its number or name, or the beginning of either' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l unassigned -d 'Only those that are at no resource'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "create" -d 'Put a contact or a client into a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "assign" -d 'Send a referral to a resource; whoever had it before sees it no more'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "unassign" -d 'Take a referral from its resource, which sees it no more'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "set-status" -d 'Move a referral to another status of its queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "note" -d 'Replace the note that the hub and the provider share'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "list" -d 'List referrals, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a referral, and to staff what became of it'
complete -c caredesk -n "__fish_caredesk_using_subcommand referral; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and not __fish_seen_subcommand_from add edit cancel list import help" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l start -d 'When it is to be: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l duration -d 'Minutes, or 45m, 1h, 1h30' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l note -d '`none` clears it' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l from -d 'Only from this day on' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l to -d 'Only up to this day' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand visit; and __fish_seen_subcommand_from import" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -f -a "show" -d 'Draw a week of a referral\'s visits; as JSON or CSV, list them'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -f -a "export" -d 'Write a referral\'s visits as an iCalendar file, without the client\'s name'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and not __fish_seen_subcommand_from show export help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l week -d '2026-W49, or any day in the week [default: this week, or the next one with a planned visit]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l file -d 'Where to; `-` is the standard output' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l from -d 'Only from this day on' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l to -d 'Only up to this day' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from help" -f -a "show" -d 'Draw a week of a referral\'s visits; as JSON or CSV, list them'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write a referral\'s visits as an iCalendar file, without the client\'s name'
complete -c caredesk -n "__fish_caredesk_using_subcommand schedule; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and not __fish_seen_subcommand_from create add-provider remove-provider delete resend help" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from add-provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from remove-provider" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand outsource; and __fish_seen_subcommand_from resend" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and not __fish_seen_subcommand_from list show respond rename help" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l provider -d 'Who answers: its code or name, or the beginning of either' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l reason -d 'Why not' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from respond" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand package; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -f -a "create" -d 'Make a category'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -f -a "list" -d 'List categories by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and not __fish_seen_subcommand_from create list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Leave a category of this name as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a category'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from help" -f -a "list" -d 'List categories by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand category; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -f -a "create" -d 'Make a contract'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -f -a "list" -d 'List contracts'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -f -a "show" -d 'Show a contract'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -f -a "edit" -d 'Change what is given; what was before stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and not __fish_seen_subcommand_from create list show edit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l start -d 'Its first day' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l stop -d 'Its last day, which still counts [default: it goes on]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l category -d 'A category of its services; may be given several times' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Leave a contract of this provider and name as it is'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l provider -d 'Only of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l active -d 'Only those in force today'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l start -d 'Its first day' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l stop -d 'Its last day, which still counts; `none` lets it go on' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l category -d 'All categories of its services from now on; may be given several times' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a contract'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "list" -d 'List contracts'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a contract'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is given; what was before stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand contract; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -f -a "add" -d 'Add a record; it is never changed afterwards'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -f -a "import" -d 'Take over records from a CSV table or JSON lines; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -f -a "list" -d 'List the records of a client, the newest day first; a provider sees its own and what is shared with it'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -f -a "show" -d 'Show a record'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and not __fish_seen_subcommand_from add import list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l provider -d 'Who owns it: a code or name, or the beginning of either' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l type -d 'What sort of data it is' -r -f -a "services\t''
clinical\t''
case-notes\t''
appointments\t''
eligibility\t''
forms\t''
referrals\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l date -d 'When it happened, or will' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l title -d 'What it is, in a line' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l category -d 'The category of the service [default: the only one of the contract]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l contract -d 'Under which contract of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l units -d 'How much of it' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l detail -d 'Anything more' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l map -d 'Which column holds a field: `client`, `provider`, `type`, `date`, `title`, `category`, `contract`, `units`, `detail`, `id`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l provider -d 'The owner of rows that name none' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l rejects -d 'Write all rejected rows, with the reasons, into this file' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l keep-going -d 'Take the good rows even where others are rejected'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l type -d 'Only of this sort' -r -f -a "services\t''
clinical\t''
case-notes\t''
appointments\t''
eligibility\t''
forms\t''
referrals\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l viewer -d 'As this provider sees it [default for a portal account: its own]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l since -d 'Only from this day on' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l until -d 'Only up to this day' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l viewer -d 'As this provider sees it [default for a portal account: its own]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a record; it is never changed afterwards'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take over records from a CSV table or JSON lines; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the records of a client, the newest day first; a provider sees its own and what is shared with it'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a record'
complete -c caredesk -n "__fish_caredesk_using_subcommand record; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "setup" -d 'Set what a provider lets out of a type of data; only what is given changes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "settings" -d 'Show what a provider lets out, type by type'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "link" -d 'Link an owner to a recipient, in this direction alone'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "unlink" -d 'Take a link back; what was shared over it is out of sight at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "links" -d 'List links, and how sharing then works'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "request" -d 'Ask an owner for one type of data of one client'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "grant" -d 'Agree to a request; given again, it changes the dates'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "deny" -d 'Decline a request'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "pending" -d 'Take an answer back: the request waits again'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "revoke" -d 'End what was granted, at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "list" -d 'List requests, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "show" -d 'Show a request and the answers to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "explain" -d 'Say rule by rule why a provider sees or does not see a client\'s records at another'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "calendar" -d 'Write the last days of what is granted into a calendar'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and not __fish_seen_subcommand_from setup settings link unlink links request grant deny pending revoke list show explain calendar help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l type -d 'For which data; may be given several times' -r -f -a "services\t''
clinical\t''
case-notes\t''
appointments\t''
eligibility\t''
forms\t''
referrals\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l level -d 'How far it may share: 1 with all, 2 within a common service category, 3 not at all' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l client-by-client -d 'Whether each client is asked for; off shares automatically with all that are linked' -r -f -a "on\t''
off\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l require-expiry -d 'Whether an agreement has to have a last day' -r -f -a "on\t''
off\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l release -d 'Whether signed releases of information take the place of requests' -r -f -a "on\t''
off\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l default-days -d 'How long an agreement lasts whose last day is required and not given' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l no-default-days -d 'Set no such length any more'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from setup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from settings" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l type -d 'For which data; may be given several times' -r -f -a "services\t''
clinical\t''
case-notes\t''
appointments\t''
eligibility\t''
forms\t''
referrals\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from link" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l type -d 'For which data; may be given several times' -r -f -a "services\t''
clinical\t''
case-notes\t''
appointments\t''
eligibility\t''
forms\t''
referrals\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from unlink" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from links" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l owner -d 'Who has it: a code or name, or the beginning of either' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l recipient -d 'Who asks: a code or name, or the beginning of either' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l type -d 'Which data' -r -f -a "services\t''
clinical\t''
case-notes\t''
appointments\t''
eligibility\t''
forms\t''
referrals\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l note -d 'A word to the owner' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l signed -d 'When the client signed [default: today]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l expires -d 'The last day of the agreement [default: the owner\'s settings say]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from grant" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from deny" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from pending" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l client -d 'Only about this client' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l incoming -d 'Only those that ask this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l outgoing -d 'Only those in which this provider asks' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l status -d 'Only those that stand so today' -r -f -a "pending\t''
granted\t''
denied\t''
revoked\t''
expired\t'Granted, and its last day is over'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l expiring -d 'Only granted ones whose last day is within so many days' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l owner -d 'The provider whose records they are' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l recipient -d 'The provider that sees them or does not' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l type -d 'What sort of records' -r -f -a "services\t''
clinical\t''
case-notes\t''
appointments\t''
eligibility\t''
forms\t''
referrals\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l at -d 'As it was then: a day, or a day and a time [default: now]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l file -d 'Where to; `-` is the standard output' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l expiring -d 'Only what runs out within so many days' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l incoming -d 'Only those that ask this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l outgoing -d 'Only those in which this provider asks' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l overwrite -d 'Replace the file if there is one'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from calendar" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "setup" -d 'Set what a provider lets out of a type of data; only what is given changes'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "settings" -d 'Show what a provider lets out, type by type'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "link" -d 'Link an owner to a recipient, in this direction alone'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "unlink" -d 'Take a link back; what was shared over it is out of sight at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "links" -d 'List links, and how sharing then works'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "request" -d 'Ask an owner for one type of data of one client'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "grant" -d 'Agree to a request; given again, it changes the dates'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "deny" -d 'Decline a request'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "pending" -d 'Take an answer back: the request waits again'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'End what was granted, at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "list" -d 'List requests, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a request and the answers to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Say rule by rule why a provider sees or does not see a client\'s records at another'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "calendar" -d 'Write the last days of what is granted into a calendar'
complete -c caredesk -n "__fish_caredesk_using_subcommand sharing; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -f -a "add" -d 'Add a signed release: it lets providers see records while it is neither run out nor revoked'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -f -a "list" -d 'List releases, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -f -a "show" -d 'Show a release, and what a valid one holds'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -f -a "check" -d 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -f -a "revoke" -d 'Revoke a release: what it let others see is gone at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -f -a "document" -d 'Write the document of a release to a file'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and not __fish_seen_subcommand_from add list show check revoke document help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l owner -d 'The provider that shows its records' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l type -d 'What it shows of the client' -r -f -a "services\t''
clinical\t''
case-notes\t''
appointments\t''
eligibility\t''
forms\t''
referrals\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l document -d 'The signed paper; `-` is the standard input' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l signed -d 'The day of the signature' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l recipient -d 'For this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l expires -d 'The last day that it counts [default: none, or as the owner\'s settings require]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l expiry-event -d 'What ends it, where that is no day; it does not end by itself then' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l purpose -d 'What the records are shown for' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l signed-by -d 'Who signed' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l signed-as -d 'By what right, where that is not the client: parent, legal guardian' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l all-providers -d 'For every provider that is linked, also those to come'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l right-to-revoke -d 'The paper says that and how it can be revoked'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l conditions -d 'The paper says whether care depends on signing it'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l redisclosure -d 'The paper says that who receives the records may pass them on'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l if-not-exists -d 'Leave a release of the same document to the same recipients as it is, while that counts'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l client -d 'Only of this client' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l owner -d 'Only those by which this provider shows its records' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l status -d 'Only in this status, as it is today' -r -f -a "active\t''
expired\t'Its last day is over'
revoked\t'Taken back by the client; that counts more than its date'"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l file -d 'Where to; `-` is the standard output' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l overwrite -d 'Replace the file if there is one'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from document" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a signed release: it lets providers see records while it is neither run out nor revoked'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "list" -d 'List releases, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a release, and what a valid one holds'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "check" -d 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Revoke a release: what it let others see is gone at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "document" -d 'Write the document of a release to a file'
complete -c caredesk -n "__fish_caredesk_using_subcommand release; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -f -a "list" -d 'List who looked at whose records, on what basis, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and not __fish_seen_subcommand_from list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l client -d 'Only records of this client' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l owner -d 'Only records of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l recipient -d 'Only looks of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l since -d 'Only from this day on' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l until -d 'Only up to this day, which counts' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l limit -d 'At most so many' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from help" -f -a "list" -d 'List who looked at whose records, on what basis, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand disclosure; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -f -a "list" -d 'List alerts, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -f -a "show" -d 'Show an alert, and what went wrong with it'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -f -a "send" -d 'Deliver the alerts that wait, each one once'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -f -a "dismiss" -d 'Let alerts go unsent, or as they are where it is known that they arrived'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and not __fish_seen_subcommand_from list show send dismiss help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l state -d 'Only those in this state' -r -f -a "waiting\t'To be sent, at once or after a while'
sending\t'Its delivery is on its way, or was cut off where nobody can know whether it arrived'
sent\t'A mail server, or a folder, has it'
withdrawn\t'No longer true before it was sent'
failed\t'Given up, until somebody asks again'"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l account -d 'Only those to this account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l limit -d 'At most so many [default on a terminal: 100]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l after -d 'Go on after this one' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l smtp -d 'The mail server, such as `smtp://localhost` or `smtps://user:password@host` [env: `CAREDESK_SMTP`]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l smtp-file -d 'A file whose first line is the address of the mail server, which keeps its password off the command line' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l dir -d 'Write each message into this folder instead, as ALT-….eml; made where it is missing' -r -F
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l from -d 'Who writes: an address, or `The Hub <alerts@hub.example>` [env: `CAREDESK_SMTP_FROM`]' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l timeout -d 'How long to wait for each answer of the mail server; for the last one ten times as long' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l limit -d 'At most so many' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l again -d 'First let these wait anew: failed ones, and those that were cut off' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from dismiss" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "list" -d 'List alerts, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an alert, and what went wrong with it'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "send" -d 'Deliver the alerts that wait, each one once'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "dismiss" -d 'Let alerts go unsent, or as they are where it is known that they arrived'
complete -c caredesk -n "__fish_caredesk_using_subcommand alert; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -f -a "referrals" -d 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -f -a "capacity" -d 'How many more referrals each resource of a queue can take'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and not __fish_seen_subcommand_from referrals capacity help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l queue -d 'Only in this queue' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l resource -d 'Only those assigned to this resource' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l provider -d 'Only those assigned to a resource of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l since -d 'Only those that came on this day or later' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l all -d 'Closed ones too'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from referrals" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l queue -d 'Only resources that take referrals of this queue' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l provider -d 'Only resources of this provider' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l as -d 'Act as another account' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -s o -l output -d 'How to print results' -r -f -a "table\t'For people: a table, a card or a sentence'
json\t'One JSON document'
jsonl\t'One JSON object per line, streamed'
csv\t'RFC 4180, readable again by `import`'
tsv\t'Tab-separated'"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l columns -d 'Only these columns, in this order' -r
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l for -d 'Make CSV safe and readable for a spreadsheet' -r -f -a "excel\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -s q -l quiet -d 'Print only the code of what was made, and no notes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from capacity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from help" -f -a "referrals" -d 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from help" -f -a "capacity" -d 'How many more referrals each resource of a queue can take'
complete -c caredesk -n "__fish_caredesk_using_subcommand report; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and not __fish_seen_subcommand_from list verify help" -s v -l verbose -d 'With an error, also print its code and its causes'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "list" -d 'List changes, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that no entry was changed or taken out'
complete -c caredesk -n "__fish_caredesk_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -f -a "migrate" -d 'Bring an older database up to date, after a copy was set aside; every other command does so too'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -f -a "check" -d 'Look for damage, and for anything that breaks a promise of the program'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and not __fish_seen_subcommand_from migrate check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from help" -f -a "migrate" -d 'Bring an older database up to date, after a copy was set aside; every other command does so too'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from help" -f -a "check" -d 'Look for damage, and for anything that breaks a promise of the program'
complete -c caredesk -n "__fish_caredesk_using_subcommand database; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l db -d 'The database: a file, or `postgres://user:password@host/database`' -r
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
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -s v -l verbose -d 'With an error, also print its code and its causes'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -s y -l yes -d 'Answer every confirmation with yes'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l dry-run -d 'Do it all, say what would be, and roll it back'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l exit-code -d 'With --dry-run: exit with 11 when something would change'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -l no-input -d 'Never ask anything, even on a terminal'
complete -c caredesk -n "__fish_caredesk_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "init" -d 'Make a new database; you become its first admin'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "demo" -d 'See a small invented town outsource a week of care'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "whoami" -d 'Say who acts, and where'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "provider" -d 'Organisations that deliver care'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "client" -d 'People who receive care'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "contact" -d 'Submitted intake records'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "queue" -d 'Named lists of referrals, with statuses of their own'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "resource" -d 'What referrals are sent to: agencies and their programs'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "capacity" -d 'How many more referrals resources can take'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "account" -d 'People who act, and what they may do'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "referral" -d 'Needs of clients'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "visit" -d 'Planned calls of a referral'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "schedule" -d 'A referral\'s visits as a calendar'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "outsource" -d 'Offer visits of a referral to several providers; the first to accept wins'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "package" -d 'Offered packages and the answers to them'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "category" -d 'Sorts of service, as contracts and records name them'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "contract" -d 'Under which providers deliver services'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "record" -d 'What providers have written down about clients, and who sees it'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "sharing" -d 'Who shares which data of whom with whom'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "release" -d 'Signed releases of information, and their documents'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "disclosure" -d 'The register of who looked at whose records'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "alert" -d 'Messages to portal accounts that a referral was assigned to them'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "report" -d 'How many referrals wait where, and who can take more'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "audit" -d 'Who changed what, and when'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "database" -d 'Look after the database as a whole'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "completions" -d 'Print the completions for a shell'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "man" -d 'Write manual pages into a folder'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and not __fish_seen_subcommand_from init demo whoami provider client contact queue resource capacity account referral visit schedule outsource package category contract record sharing release disclosure alert report audit database completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "create" -d 'Make a provider, with its agency record'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "list" -d 'List providers by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "show" -d 'Show a provider with its resources, phones and addresses'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "activate" -d 'Offer packages to it again'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "deactivate" -d 'Offer it nothing new; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "add-resource" -d 'Make a program of a provider, and give portal accounts access to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "remove-resource" -d 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from provider" -f -a "import" -d 'Take over providers from a directory'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "create" -d 'Make a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "list" -d 'List clients by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "show" -d 'Show a client'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "import" -d 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from client" -f -a "enroll" -d 'Say whether a client is active at a provider; requests of sharing need both'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contact" -f -a "create" -d 'Take in a contact, of a client or of somebody new'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contact" -f -a "list" -d 'List contacts, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contact" -f -a "show" -d 'Show a contact, with its referrals'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contact" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contact" -f -a "pdf" -d 'Print a contact, with its referrals, as a PDF; the look is recorded'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "create" -d 'Make a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "list" -d 'List queues by name; inactive ones only with --all'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "show" -d 'Show a queue, its statuses and the resources that take its referrals'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "edit" -d 'Give a queue another name'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "add-status" -d 'Give a queue one more status, or bring back a retired one'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "retire-status" -d 'Let a status take no more referrals; without any in it, it is taken away'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "add-resource" -d 'Let a queue send referrals to resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "remove-resource" -d 'Send a queue\'s referrals to resources no more; what is assigned stays'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "activate" -d 'Let a queue take new referrals again'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from queue" -f -a "deactivate" -d 'Let a queue take no new referrals; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from resource" -f -a "list" -d 'List resources by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from resource" -f -a "show" -d 'Show a resource with its capacity, its queues and who acts for it'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from resource" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from capacity" -f -a "set" -d 'Say how many more referrals a resource can take, from now on or for a while'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from capacity" -f -a "show" -d 'Show the capacity of a resource: what counts now, what is to come, what was'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from capacity" -f -a "list" -d 'List what counts now, by resource'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from capacity" -f -a "edit" -d 'Change an entry; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from capacity" -f -a "remove" -d 'Take an entry back; it stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "create" -d 'Make an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "list" -d 'List accounts by login'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "show" -d 'Show an account'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "edit" -d 'Change what is given; `none` clears'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "alerts" -d 'Have a portal account written to when a referral is assigned to its resource, or not'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "import" -d 'Take over accounts from a table or JSON; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "set-password" -d 'Give an account a password, which `--as` then asks for'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "permit" -d 'Let a portal account do more'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "forbid" -d 'Let a portal account do less'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "add-resource" -d 'Let a portal account act for resources'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "remove-resource" -d 'Take resources from a portal account'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "enable" -d 'Let an account act again'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "disable" -d 'Let an account act no more; everything stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "create" -d 'Put a contact or a client into a queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "assign" -d 'Send a referral to a resource; whoever had it before sees it no more'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "unassign" -d 'Take a referral from its resource, which sees it no more'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "set-status" -d 'Move a referral to another status of its queue'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "note" -d 'Replace the note that the hub and the provider share'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "list" -d 'List referrals, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from referral" -f -a "show" -d 'Show a referral, and to staff what became of it'
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
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from category" -f -a "create" -d 'Make a category'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from category" -f -a "list" -d 'List categories by name'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "create" -d 'Make a contract'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "list" -d 'List contracts'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "show" -d 'Show a contract'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from contract" -f -a "edit" -d 'Change what is given; what was before stays in the history'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from record" -f -a "add" -d 'Add a record; it is never changed afterwards'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from record" -f -a "import" -d 'Take over records from a CSV table or JSON lines; a second time changes nothing'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from record" -f -a "list" -d 'List the records of a client, the newest day first; a provider sees its own and what is shared with it'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from record" -f -a "show" -d 'Show a record'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "setup" -d 'Set what a provider lets out of a type of data; only what is given changes'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "settings" -d 'Show what a provider lets out, type by type'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "link" -d 'Link an owner to a recipient, in this direction alone'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "unlink" -d 'Take a link back; what was shared over it is out of sight at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "links" -d 'List links, and how sharing then works'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "request" -d 'Ask an owner for one type of data of one client'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "grant" -d 'Agree to a request; given again, it changes the dates'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "deny" -d 'Decline a request'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "pending" -d 'Take an answer back: the request waits again'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "revoke" -d 'End what was granted, at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "list" -d 'List requests, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "show" -d 'Show a request and the answers to it'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "explain" -d 'Say rule by rule why a provider sees or does not see a client\'s records at another'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from sharing" -f -a "calendar" -d 'Write the last days of what is granted into a calendar'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from release" -f -a "add" -d 'Add a signed release: it lets providers see records while it is neither run out nor revoked'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from release" -f -a "list" -d 'List releases, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from release" -f -a "show" -d 'Show a release, and what a valid one holds'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from release" -f -a "check" -d 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from release" -f -a "revoke" -d 'Revoke a release: what it let others see is gone at once'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from release" -f -a "document" -d 'Write the document of a release to a file'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from disclosure" -f -a "list" -d 'List who looked at whose records, on what basis, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "list" -d 'List alerts, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "show" -d 'Show an alert, and what went wrong with it'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "send" -d 'Deliver the alerts that wait, each one once'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from alert" -f -a "dismiss" -d 'Let alerts go unsent, or as they are where it is known that they arrived'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from report" -f -a "referrals" -d 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from report" -f -a "capacity" -d 'How many more referrals each resource of a queue can take'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "list" -d 'List changes, the newest first'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Check that no entry was changed or taken out'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from database" -f -a "migrate" -d 'Bring an older database up to date, after a copy was set aside; every other command does so too'
complete -c caredesk -n "__fish_caredesk_using_subcommand help; and __fish_seen_subcommand_from database" -f -a "check" -d 'Look for damage, and for anything that breaks a promise of the program'
