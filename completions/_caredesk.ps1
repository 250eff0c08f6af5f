
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'caredesk' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'caredesk'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'caredesk' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a new database; you become its first admin')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'See a small invented town outsource a week of care')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Say who acts, and where')
            [CompletionResult]::new('provider', 'provider', [CompletionResultType]::ParameterValue, 'Organisations that deliver care')
            [CompletionResult]::new('client', 'client', [CompletionResultType]::ParameterValue, 'People who receive care')
            [CompletionResult]::new('contact', 'contact', [CompletionResultType]::ParameterValue, 'Submitted intake records')
            [CompletionResult]::new('queue', 'queue', [CompletionResultType]::ParameterValue, 'Named lists of referrals, with statuses of their own')
            [CompletionResult]::new('resource', 'resource', [CompletionResultType]::ParameterValue, 'What referrals are sent to: agencies and their programs')
            [CompletionResult]::new('capacity', 'capacity', [CompletionResultType]::ParameterValue, 'How many more referrals resources can take')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'People who act, and what they may do')
            [CompletionResult]::new('referral', 'referral', [CompletionResultType]::ParameterValue, 'Needs of clients')
            [CompletionResult]::new('visit', 'visit', [CompletionResultType]::ParameterValue, 'Planned calls of a referral')
            [CompletionResult]::new('schedule', 'schedule', [CompletionResultType]::ParameterValue, 'A referral''s visits as a calendar')
            [CompletionResult]::new('outsource', 'outsource', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to several providers; the first to accept wins')
            [CompletionResult]::new('package', 'package', [CompletionResultType]::ParameterValue, 'Offered packages and the answers to them')
            [CompletionResult]::new('category', 'category', [CompletionResultType]::ParameterValue, 'Sorts of service, as contracts and records name them')
            [CompletionResult]::new('contract', 'contract', [CompletionResultType]::ParameterValue, 'Under which providers deliver services')
            [CompletionResult]::new('record', 'record', [CompletionResultType]::ParameterValue, 'What providers have written down about clients, and who sees it')
            [CompletionResult]::new('sharing', 'sharing', [CompletionResultType]::ParameterValue, 'Who shares which data of whom with whom')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Signed releases of information, and their documents')
            [CompletionResult]::new('disclosure', 'disclosure', [CompletionResultType]::ParameterValue, 'The register of who looked at whose records')
            [CompletionResult]::new('alert', 'alert', [CompletionResultType]::ParameterValue, 'Messages to portal accounts that a referral was assigned to them')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'How many referrals wait where, and who can take more')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Who changed what, and when')
            [CompletionResult]::new('database', 'database', [CompletionResultType]::ParameterValue, 'Look after the database as a whole')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write manual pages into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;init' {
            [CompletionResult]::new('--admin', '--admin', [CompletionResultType]::ParameterName, 'The login of the first admin [default: yours]')
            [CompletionResult]::new('--time-zone', '--time-zone', [CompletionResultType]::ParameterName, 'The time zone of the hub''s calendar, such as Europe/London')
            [CompletionResult]::new('--hub', '--hub', [CompletionResultType]::ParameterName, 'What the hub calls itself, for the letterhead of what is printed')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a database that is there as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;demo' {
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Take the providers from this HSDS directory instead of the invented town')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep the database here, to look around in afterwards')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;whoami' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a provider, with its agency record')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List providers by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a provider with its resources, phones and addresses')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Offer packages to it again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Offer it nothing new; everything stays in the history')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Make a program of a provider, and give portal accounts access to it')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over providers from a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;provider;create' {
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Where to call')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Its postal code')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Its page on the web')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a provider of this name as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;list' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Only names that begin so')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Only active ones')
            [CompletionResult]::new('--inactive', '--inactive', [CompletionResultType]::ParameterName, 'Only inactive ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Another name')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Where to call')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Its postal code')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Its page on the web')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;activate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;deactivate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;add-resource' {
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'A portal account that is to act for it')
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'A queue that is to send it referrals')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a resource of this name as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;remove-resource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format [default: a folder or JSON is hsds, any other text is csv]')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Which column of a table holds a field: name, id, `alternate_name`, description, email, phone, url, address, city, region, `postal_code`')
            [CompletionResult]::new('--source', '--source', [CompletionResultType]::ParameterName, 'Where they come from; ids count within their source [default: the name of the file or folder without its ending]')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write rejected rows as CSV with a column `error`; rows of several tables into files of their own (bad.csv becomes bad.services.csv and bad.phones.csv). A table that was put right can be imported again under the same --source')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Take the good rows even where others are rejected, and exit with 9')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;provider;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a provider, with its agency record')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List providers by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a provider with its resources, phones and addresses')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Offer packages to it again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Offer it nothing new; everything stays in the history')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Make a program of a provider, and give portal accounts access to it')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over providers from a directory')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;provider;help;create' {
            break
        }
        'caredesk;provider;help;list' {
            break
        }
        'caredesk;provider;help;show' {
            break
        }
        'caredesk;provider;help;edit' {
            break
        }
        'caredesk;provider;help;activate' {
            break
        }
        'caredesk;provider;help;deactivate' {
            break
        }
        'caredesk;provider;help;add-resource' {
            break
        }
        'caredesk;provider;help;remove-resource' {
            break
        }
        'caredesk;provider;help;import' {
            break
        }
        'caredesk;provider;help;help' {
            break
        }
        'caredesk;client' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a client')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List clients by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a client')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing')
            [CompletionResult]::new('enroll', 'enroll', [CompletionResultType]::ParameterValue, 'Say whether a client is active at a provider; requests of sharing need both')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;client;create' {
            [CompletionResult]::new('--given', '--given', [CompletionResultType]::ParameterName, 'The given name')
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'The family name')
            [CompletionResult]::new('--birth-date', '--birth-date', [CompletionResultType]::ParameterName, 'The day of birth, such as 1941-03-02')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Where the person lives')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'The number that another system knows the person by')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a client with this id as it is; without an id, one of this name and birth date')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;list' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Only names that begin so')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;edit' {
            [CompletionResult]::new('--given', '--given', [CompletionResultType]::ParameterName, 'The given name')
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'The family name')
            [CompletionResult]::new('--birth-date', '--birth-date', [CompletionResultType]::ParameterName, 'The day of birth, such as 1941-03-02')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Where the person lives')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'The number that another system knows the person by')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format [default: recognised by the content]')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Which column holds a field: `id`, `given`, `family`, `birth_date`, `postal_code`')
            [CompletionResult]::new('--source', '--source', [CompletionResultType]::ParameterName, 'Where they come from; an id counts within its source [default: the name of the file without its ending]')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write all rejected rows, with the reasons, into this file')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--without-ids', '--without-ids', [CompletionResultType]::ParameterName, 'Recognise people by the ids of the source, but do not keep those as ids of the clients')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Take the good rows even where others are rejected')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;enroll' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'How the client stands there from now on')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Since which day that is so; not one to come [default: today, or as it was]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;client;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a client')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List clients by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a client')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing')
            [CompletionResult]::new('enroll', 'enroll', [CompletionResultType]::ParameterValue, 'Say whether a client is active at a provider; requests of sharing need both')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;client;help;create' {
            break
        }
        'caredesk;client;help;list' {
            break
        }
        'caredesk;client;help;show' {
            break
        }
        'caredesk;client;help;edit' {
            break
        }
        'caredesk;client;help;import' {
            break
        }
        'caredesk;client;help;enroll' {
            break
        }
        'caredesk;client;help;help' {
            break
        }
        'caredesk;contact' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Take in a contact, of a client or of somebody new')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List contacts, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a contact, with its referrals')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('pdf', 'pdf', [CompletionResultType]::ParameterValue, 'Print a contact, with its referrals, as a PDF; the look is recorded')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;contact;create' {
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Whose: a code, an id or a name, or the beginning of one')
            [CompletionResult]::new('--given', '--given', [CompletionResultType]::ParameterName, 'The given name of a new client, who is made with it')
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'The family name of a new client')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Where the person lives [default: what the client has]')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Where to call')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write to')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The submit date [default: today]')
            [CompletionResult]::new('--number', '--number', [CompletionResultType]::ParameterName, 'What people quote [default: a new CON-…]')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'What was told, as it was told')
            [CompletionResult]::new('--details-file', '--details-file', [CompletionResultType]::ParameterName, 'A text file that says it, in UTF-8; `-` is the standard input')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a contact with this number as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contact;list' {
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Only of this client')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only those submitted on this day or later')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only those submitted on this day or earlier')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contact;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contact;edit' {
            [CompletionResult]::new('--given', '--given', [CompletionResultType]::ParameterName, 'The given name as it was submitted')
            [CompletionResult]::new('--family', '--family', [CompletionResultType]::ParameterName, 'The family name as it was submitted')
            [CompletionResult]::new('--postal-code', '--postal-code', [CompletionResultType]::ParameterName, 'Where the person lives')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Where to call')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write to')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The submit date')
            [CompletionResult]::new('--number', '--number', [CompletionResultType]::ParameterName, 'What people quote')
            [CompletionResult]::new('--details', '--details', [CompletionResultType]::ParameterName, 'What was told, as it was told')
            [CompletionResult]::new('--details-file', '--details-file', [CompletionResultType]::ParameterName, 'A text file that says it, in UTF-8; `-` is the standard input')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contact;pdf' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Where to; `-` is the standard output')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Replace the file if there is one')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contact;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Take in a contact, of a client or of somebody new')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List contacts, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a contact, with its referrals')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('pdf', 'pdf', [CompletionResultType]::ParameterValue, 'Print a contact, with its referrals, as a PDF; the look is recorded')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;contact;help;create' {
            break
        }
        'caredesk;contact;help;list' {
            break
        }
        'caredesk;contact;help;show' {
            break
        }
        'caredesk;contact;help;edit' {
            break
        }
        'caredesk;contact;help;pdf' {
            break
        }
        'caredesk;contact;help;help' {
            break
        }
        'caredesk;queue' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List queues by name; inactive ones only with --all')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a queue, its statuses and the resources that take its referrals')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Give a queue another name')
            [CompletionResult]::new('add-status', 'add-status', [CompletionResultType]::ParameterValue, 'Give a queue one more status, or bring back a retired one')
            [CompletionResult]::new('retire-status', 'retire-status', [CompletionResultType]::ParameterValue, 'Let a status take no more referrals; without any in it, it is taken away')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a queue send referrals to resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Send a queue''s referrals to resources no more; what is assigned stays')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Let a queue take new referrals again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Let a queue take no new referrals; everything stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;queue;create' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'A status, in order; the first is where referrals arrive')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a queue of this name as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Inactive ones as well')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Another name')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;add-status' {
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Stand behind this one [default: at the end]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--first', '--first', [CompletionResultType]::ParameterName, 'Stand first, where referrals arrive')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a status of this label as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;retire-status' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;add-resource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;remove-resource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;activate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;deactivate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;queue;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List queues by name; inactive ones only with --all')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a queue, its statuses and the resources that take its referrals')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Give a queue another name')
            [CompletionResult]::new('add-status', 'add-status', [CompletionResultType]::ParameterValue, 'Give a queue one more status, or bring back a retired one')
            [CompletionResult]::new('retire-status', 'retire-status', [CompletionResultType]::ParameterValue, 'Let a status take no more referrals; without any in it, it is taken away')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a queue send referrals to resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Send a queue''s referrals to resources no more; what is assigned stays')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Let a queue take new referrals again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Let a queue take no new referrals; everything stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;queue;help;create' {
            break
        }
        'caredesk;queue;help;list' {
            break
        }
        'caredesk;queue;help;show' {
            break
        }
        'caredesk;queue;help;edit' {
            break
        }
        'caredesk;queue;help;add-status' {
            break
        }
        'caredesk;queue;help;retire-status' {
            break
        }
        'caredesk;queue;help;add-resource' {
            break
        }
        'caredesk;queue;help;remove-resource' {
            break
        }
        'caredesk;queue;help;activate' {
            break
        }
        'caredesk;queue;help;deactivate' {
            break
        }
        'caredesk;queue;help;help' {
            break
        }
        'caredesk;resource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List resources by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a resource with its capacity, its queues and who acts for it')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;resource;list' {
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Only of this provider')
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Only those that take the referrals of this queue')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only in this state')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;resource;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;resource;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Another name, for a program')
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Whether it takes referrals')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What it does')
            [CompletionResult]::new('--eligibility', '--eligibility', [CompletionResultType]::ParameterName, 'Who may come')
            [CompletionResult]::new('--fees', '--fees', [CompletionResultType]::ParameterName, 'What it costs')
            [CompletionResult]::new('--application-process', '--application-process', [CompletionResultType]::ParameterName, 'How to apply')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Its page on the web')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;resource;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List resources by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a resource with its capacity, its queues and who acts for it')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;resource;help;list' {
            break
        }
        'caredesk;resource;help;show' {
            break
        }
        'caredesk;resource;help;edit' {
            break
        }
        'caredesk;resource;help;help' {
            break
        }
        'caredesk;capacity' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Say how many more referrals a resource can take, from now on or for a while')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the capacity of a resource: what counts now, what is to come, what was')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what counts now, by resource')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an entry; `none` clears')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take an entry back; it stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;capacity;set' {
            [CompletionResult]::new('--unit', '--unit', [CompletionResultType]::ParameterName, 'What is counted, such as beds')
            [CompletionResult]::new('--maximum', '--maximum', [CompletionResultType]::ParameterName, 'The most that there can ever be')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'From the start of a day, or from a moment [default: now]')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'To the end of a day, or until a moment')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A word to the hub')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;capacity;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Entries that were removed as well')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;capacity;list' {
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'Only of this resource')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Only of the resources of this provider')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Also what is to come, what is over and what was removed')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;capacity;edit' {
            [CompletionResult]::new('--places', '--places', [CompletionResultType]::ParameterName, 'How many more referrals it can take; 0 for none')
            [CompletionResult]::new('--unit', '--unit', [CompletionResultType]::ParameterName, 'What is counted, such as beds')
            [CompletionResult]::new('--maximum', '--maximum', [CompletionResultType]::ParameterName, 'The most that there can ever be')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'From the start of a day, or from a moment; only before it has started')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'To the end of a day, or until a moment')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A word to the hub')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;capacity;remove' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;capacity;help' {
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Say how many more referrals a resource can take, from now on or for a while')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the capacity of a resource: what counts now, what is to come, what was')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what counts now, by resource')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an entry; `none` clears')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take an entry back; it stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;capacity;help;set' {
            break
        }
        'caredesk;capacity;help;show' {
            break
        }
        'caredesk;capacity;help;list' {
            break
        }
        'caredesk;capacity;help;edit' {
            break
        }
        'caredesk;capacity;help;remove' {
            break
        }
        'caredesk;capacity;help;help' {
            break
        }
        'caredesk;account' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts by login')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('alerts', 'alerts', [CompletionResultType]::ParameterValue, 'Have a portal account written to when a referral is assigned to its resource, or not')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over accounts from a table or JSON; a second time changes nothing')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give an account a password, which `--as` then asks for')
            [CompletionResult]::new('permit', 'permit', [CompletionResultType]::ParameterValue, 'Let a portal account do more')
            [CompletionResult]::new('forbid', 'forbid', [CompletionResultType]::ParameterValue, 'Let a portal account do less')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a portal account act for resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take resources from a portal account')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let an account act again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Let an account act no more; everything stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;account;create' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The person''s name')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'What the person may do')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write to the person')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'A resource it acts for; a provider stands for its agency record')
            [CompletionResult]::new('--can', '--can', [CompletionResultType]::ParameterName, 'What a portal account may do beyond looking')
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file whose first line is the password')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Ask for a password')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave an account of this login as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The person''s name')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Where to write to the person')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'What the person may do. A level of staff ends the resources and permissions of a portal account')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;alerts' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;import' {
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Which column holds a field')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write all rejected rows, with the reasons, into this file')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Take the good rows even where others are rejected')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;set-password' {
            [CompletionResult]::new('--password-file', '--password-file', [CompletionResultType]::ParameterName, 'A file whose first line is the password [default: asked for]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;permit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;forbid' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;add-resource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;remove-resource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;enable' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;disable' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;account;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts by login')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('alerts', 'alerts', [CompletionResultType]::ParameterValue, 'Have a portal account written to when a referral is assigned to its resource, or not')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over accounts from a table or JSON; a second time changes nothing')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give an account a password, which `--as` then asks for')
            [CompletionResult]::new('permit', 'permit', [CompletionResultType]::ParameterValue, 'Let a portal account do more')
            [CompletionResult]::new('forbid', 'forbid', [CompletionResultType]::ParameterValue, 'Let a portal account do less')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a portal account act for resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take resources from a portal account')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let an account act again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Let an account act no more; everything stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;account;help;create' {
            break
        }
        'caredesk;account;help;list' {
            break
        }
        'caredesk;account;help;show' {
            break
        }
        'caredesk;account;help;edit' {
            break
        }
        'caredesk;account;help;alerts' {
            break
        }
        'caredesk;account;help;import' {
            break
        }
        'caredesk;account;help;set-password' {
            break
        }
        'caredesk;account;help;permit' {
            break
        }
        'caredesk;account;help;forbid' {
            break
        }
        'caredesk;account;help;add-resource' {
            break
        }
        'caredesk;account;help;remove-resource' {
            break
        }
        'caredesk;account;help;enable' {
            break
        }
        'caredesk;account;help;disable' {
            break
        }
        'caredesk;account;help;help' {
            break
        }
        'caredesk;referral' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Put a contact or a client into a queue')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Send a referral to a resource; whoever had it before sees it no more')
            [CompletionResult]::new('unassign', 'unassign', [CompletionResultType]::ParameterValue, 'Take a referral from its resource, which sees it no more')
            [CompletionResult]::new('set-status', 'set-status', [CompletionResultType]::ParameterValue, 'Move a referral to another status of its queue')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Replace the note that the hub and the provider share')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List referrals, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a referral, and to staff what became of it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;referral;create' {
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Which queue: its name or the beginning of it')
            [CompletionResult]::new('--contact', '--contact', [CompletionResultType]::ParameterName, 'The contact: its number or name, or the beginning of either')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'The client, where there is no contact: a code, an id or a name, or the beginning of one')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'Send it to this resource at once')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Whatever else should be known; the provider reads it too')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Refuse where the resource has no capacity left')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;assign' {
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Replaces the note; the provider reads it too')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Refuse where the resource has no capacity left')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;unassign' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;set-status' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only if it is in this status now')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Replaces the note')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;note' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--append', '--append', [CompletionResultType]::ParameterName, 'Add a line instead of replacing the note')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;list' {
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Only in this queue')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only in a status of this name')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'Only at this resource')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Only at a resource of this provider')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Only of this client')
            [CompletionResult]::new('--contact', '--contact', [CompletionResultType]::ParameterName, 'Only of this contact: its number or name, or the beginning of either')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Only in open statuses')
            [CompletionResult]::new('--unassigned', '--unassigned', [CompletionResultType]::ParameterName, 'Only those that are at no resource')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;referral;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Put a contact or a client into a queue')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Send a referral to a resource; whoever had it before sees it no more')
            [CompletionResult]::new('unassign', 'unassign', [CompletionResultType]::ParameterValue, 'Take a referral from its resource, which sees it no more')
            [CompletionResult]::new('set-status', 'set-status', [CompletionResultType]::ParameterValue, 'Move a referral to another status of its queue')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Replace the note that the hub and the provider share')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List referrals, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a referral, and to staff what became of it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;referral;help;create' {
            break
        }
        'caredesk;referral;help;assign' {
            break
        }
        'caredesk;referral;help;unassign' {
            break
        }
        'caredesk;referral;help;set-status' {
            break
        }
        'caredesk;referral;help;note' {
            break
        }
        'caredesk;referral;help;list' {
            break
        }
        'caredesk;referral;help;show' {
            break
        }
        'caredesk;referral;help;help' {
            break
        }
        'caredesk;visit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Plan a visit, or the same visit every week')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change when a visit is or how long it lasts')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel visits; they stay in the history')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the visits of a referral by time')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over visits from a table or a home-care instance; a second time changes nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;visit;add' {
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, '"2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'Minutes, or 45m, 1h, 1h30')
            [CompletionResult]::new('--weekly', '--weekly', [CompletionResultType]::ParameterName, 'Repeat on these days: mon,wed,fri, daily, weekdays, weekends')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'The last day of the repetition')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Whatever else should be known')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;edit' {
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'When it is to be: "2026-12-01 09:00", "tomorrow 9:30", "monday 18:00"')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'Minutes, or 45m, 1h, 1h30')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, '`none` clears it')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;cancel' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;list' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--planned', '--planned', [CompletionResultType]::ParameterName, 'Leave cancelled visits out')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, '[default: hhcrsp for a .json file, otherwise csv]')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day that an instance is planned on')
            [CompletionResult]::new('--patient', '--patient', [CompletionResultType]::ParameterName, 'Only this patient of an instance; may be given several times')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Which column of a table holds a field: start="Visit start"')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write the bad rows and what is wrong with them to this file')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Take the good rows even if there are bad ones; the exit status is then 9')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;visit;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Plan a visit, or the same visit every week')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change when a visit is or how long it lasts')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel visits; they stay in the history')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the visits of a referral by time')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over visits from a table or a home-care instance; a second time changes nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;visit;help;add' {
            break
        }
        'caredesk;visit;help;edit' {
            break
        }
        'caredesk;visit;help;cancel' {
            break
        }
        'caredesk;visit;help;list' {
            break
        }
        'caredesk;visit;help;import' {
            break
        }
        'caredesk;visit;help;help' {
            break
        }
        'caredesk;schedule' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Draw a week of a referral''s visits; as JSON or CSV, list them')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a referral''s visits as an iCalendar file, without the client''s name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;schedule;show' {
            [CompletionResult]::new('--week', '--week', [CompletionResultType]::ParameterName, '2026-W49, or any day in the week [default: this week, or the next one with a planned visit]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;schedule;export' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Where to; `-` is the standard output')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Replace the file if there is one')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;schedule;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Draw a week of a referral''s visits; as JSON or CSV, list them')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a referral''s visits as an iCalendar file, without the client''s name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;schedule;help;show' {
            break
        }
        'caredesk;schedule;help;export' {
            break
        }
        'caredesk;schedule;help;help' {
            break
        }
        'caredesk;outsource' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to providers as one package')
            [CompletionResult]::new('add-provider', 'add-provider', [CompletionResultType]::ParameterValue, 'Ask more providers')
            [CompletionResult]::new('remove-provider', 'remove-provider', [CompletionResultType]::ParameterValue, 'Take providers out again; their answers stay in the history')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Recall a package: it vanishes from the providers'' lists and its visits are free again')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Recall a package and send its visits, as they are now, to the same providers')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;outsource;create' {
            [CompletionResult]::new('--visit', '--visit', [CompletionResultType]::ParameterName, 'A visit of the referral; asked for on a terminal')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'A provider to ask; asked for on a terminal')
            [CompletionResult]::new('--reference', '--reference', [CompletionResultType]::ParameterName, 'What to call the package [default: its code]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--all-visits', '--all-visits', [CompletionResultType]::ParameterName, 'Every planned visit that is in no package yet')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;add-provider' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;remove-provider' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;delete' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;resend' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;outsource;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to providers as one package')
            [CompletionResult]::new('add-provider', 'add-provider', [CompletionResultType]::ParameterValue, 'Ask more providers')
            [CompletionResult]::new('remove-provider', 'remove-provider', [CompletionResultType]::ParameterValue, 'Take providers out again; their answers stay in the history')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Recall a package: it vanishes from the providers'' lists and its visits are free again')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Recall a package and send its visits, as they are now, to the same providers')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;outsource;help;create' {
            break
        }
        'caredesk;outsource;help;add-provider' {
            break
        }
        'caredesk;outsource;help;remove-provider' {
            break
        }
        'caredesk;outsource;help;delete' {
            break
        }
        'caredesk;outsource;help;resend' {
            break
        }
        'caredesk;outsource;help;help' {
            break
        }
        'caredesk;package' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List packages, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a package with its visits and the answers to it')
            [CompletionResult]::new('respond', 'respond', [CompletionResultType]::ParameterValue, 'Accept or reject a package for a provider; the first to accept wins, and an answer is final')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a package another reference')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;package;list' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only in this status; recalled ones are listed only so')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Only those offered to this provider')
            [CompletionResult]::new('--referral', '--referral', [CompletionResultType]::ParameterName, 'Only of this referral')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;package;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;package;respond' {
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Who answers: its code or name, or the beginning of either')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why not')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--accept', '--accept', [CompletionResultType]::ParameterName, 'Take the whole package')
            [CompletionResult]::new('--reject', '--reject', [CompletionResultType]::ParameterName, 'Decline the whole package')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;package;rename' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;package;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List packages, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a package with its visits and the answers to it')
            [CompletionResult]::new('respond', 'respond', [CompletionResultType]::ParameterValue, 'Accept or reject a package for a provider; the first to accept wins, and an answer is final')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a package another reference')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;package;help;list' {
            break
        }
        'caredesk;package;help;show' {
            break
        }
        'caredesk;package;help;respond' {
            break
        }
        'caredesk;package;help;rename' {
            break
        }
        'caredesk;package;help;help' {
            break
        }
        'caredesk;category' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a category')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List categories by name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;category;create' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a category of this name as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;category;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;category;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a category')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List categories by name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;category;help;create' {
            break
        }
        'caredesk;category;help;list' {
            break
        }
        'caredesk;category;help;help' {
            break
        }
        'caredesk;contract' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a contract')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List contracts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a contract')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; what was before stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;contract;create' {
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Its first day')
            [CompletionResult]::new('--stop', '--stop', [CompletionResultType]::ParameterName, 'Its last day, which still counts [default: it goes on]')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'A category of its services; may be given several times')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a contract of this provider and name as it is')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contract;list' {
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Only of this provider')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Only those in force today')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contract;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contract;edit' {
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Its first day')
            [CompletionResult]::new('--stop', '--stop', [CompletionResultType]::ParameterName, 'Its last day, which still counts; `none` lets it go on')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'All categories of its services from now on; may be given several times')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;contract;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a contract')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List contracts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a contract')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; what was before stays in the history')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;contract;help;create' {
            break
        }
        'caredesk;contract;help;list' {
            break
        }
        'caredesk;contract;help;show' {
            break
        }
        'caredesk;contract;help;edit' {
            break
        }
        'caredesk;contract;help;help' {
            break
        }
        'caredesk;record' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a record; it is never changed afterwards')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over records from a CSV table or JSON lines; a second time changes nothing')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the records of a client, the newest day first; a provider sees its own and what is shared with it')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a record')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;record;add' {
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Who owns it: a code or name, or the beginning of either')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'What sort of data it is')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'When it happened, or will')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'What it is, in a line')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'The category of the service [default: the only one of the contract]')
            [CompletionResult]::new('--contract', '--contract', [CompletionResultType]::ParameterName, 'Under which contract of this provider')
            [CompletionResult]::new('--units', '--units', [CompletionResultType]::ParameterName, 'How much of it')
            [CompletionResult]::new('--detail', '--detail', [CompletionResultType]::ParameterName, 'Anything more')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;record;import' {
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Which column holds a field: `client`, `provider`, `type`, `date`, `title`, `category`, `contract`, `units`, `detail`, `id`')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'The owner of rows that name none')
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write all rejected rows, with the reasons, into this file')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Take the good rows even where others are rejected')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;record;list' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only of this sort')
            [CompletionResult]::new('--viewer', '--viewer', [CompletionResultType]::ParameterName, 'As this provider sees it [default for a portal account: its own]')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only up to this day')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;record;show' {
            [CompletionResult]::new('--viewer', '--viewer', [CompletionResultType]::ParameterName, 'As this provider sees it [default for a portal account: its own]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;record;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a record; it is never changed afterwards')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over records from a CSV table or JSON lines; a second time changes nothing')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the records of a client, the newest day first; a provider sees its own and what is shared with it')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a record')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;record;help;add' {
            break
        }
        'caredesk;record;help;import' {
            break
        }
        'caredesk;record;help;list' {
            break
        }
        'caredesk;record;help;show' {
            break
        }
        'caredesk;record;help;help' {
            break
        }
        'caredesk;sharing' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('setup', 'setup', [CompletionResultType]::ParameterValue, 'Set what a provider lets out of a type of data; only what is given changes')
            [CompletionResult]::new('settings', 'settings', [CompletionResultType]::ParameterValue, 'Show what a provider lets out, type by type')
            [CompletionResult]::new('link', 'link', [CompletionResultType]::ParameterValue, 'Link an owner to a recipient, in this direction alone')
            [CompletionResult]::new('unlink', 'unlink', [CompletionResultType]::ParameterValue, 'Take a link back; what was shared over it is out of sight at once')
            [CompletionResult]::new('links', 'links', [CompletionResultType]::ParameterValue, 'List links, and how sharing then works')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Ask an owner for one type of data of one client')
            [CompletionResult]::new('grant', 'grant', [CompletionResultType]::ParameterValue, 'Agree to a request; given again, it changes the dates')
            [CompletionResult]::new('deny', 'deny', [CompletionResultType]::ParameterValue, 'Decline a request')
            [CompletionResult]::new('pending', 'pending', [CompletionResultType]::ParameterValue, 'Take an answer back: the request waits again')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End what was granted, at once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List requests, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a request and the answers to it')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say rule by rule why a provider sees or does not see a client''s records at another')
            [CompletionResult]::new('calendar', 'calendar', [CompletionResultType]::ParameterValue, 'Write the last days of what is granted into a calendar')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;sharing;setup' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'For which data; may be given several times')
            [CompletionResult]::new('--level', '--level', [CompletionResultType]::ParameterName, 'How far it may share: 1 with all, 2 within a common service category, 3 not at all')
            [CompletionResult]::new('--client-by-client', '--client-by-client', [CompletionResultType]::ParameterName, 'Whether each client is asked for; off shares automatically with all that are linked')
            [CompletionResult]::new('--require-expiry', '--require-expiry', [CompletionResultType]::ParameterName, 'Whether an agreement has to have a last day')
            [CompletionResult]::new('--release', '--release', [CompletionResultType]::ParameterName, 'Whether signed releases of information take the place of requests')
            [CompletionResult]::new('--default-days', '--default-days', [CompletionResultType]::ParameterName, 'How long an agreement lasts whose last day is required and not given')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--no-default-days', '--no-default-days', [CompletionResultType]::ParameterName, 'Set no such length any more')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;settings' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;link' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'For which data; may be given several times')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;unlink' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'For which data; may be given several times')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;links' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;request' {
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Who has it: a code or name, or the beginning of either')
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'Who asks: a code or name, or the beginning of either')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Which data')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A word to the owner')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;grant' {
            [CompletionResult]::new('--signed', '--signed', [CompletionResultType]::ParameterName, 'When the client signed [default: today]')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'The last day of the agreement [default: the owner''s settings say]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;deny' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;pending' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;revoke' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;list' {
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Only about this client')
            [CompletionResult]::new('--incoming', '--incoming', [CompletionResultType]::ParameterName, 'Only those that ask this provider')
            [CompletionResult]::new('--outgoing', '--outgoing', [CompletionResultType]::ParameterName, 'Only those in which this provider asks')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only those that stand so today')
            [CompletionResult]::new('--expiring', '--expiring', [CompletionResultType]::ParameterName, 'Only granted ones whose last day is within so many days')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;explain' {
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'The provider whose records they are')
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'The provider that sees them or does not')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'What sort of records')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'As it was then: a day, or a day and a time [default: now]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;calendar' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Where to; `-` is the standard output')
            [CompletionResult]::new('--expiring', '--expiring', [CompletionResultType]::ParameterName, 'Only what runs out within so many days')
            [CompletionResult]::new('--incoming', '--incoming', [CompletionResultType]::ParameterName, 'Only those that ask this provider')
            [CompletionResult]::new('--outgoing', '--outgoing', [CompletionResultType]::ParameterName, 'Only those in which this provider asks')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Replace the file if there is one')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;sharing;help' {
            [CompletionResult]::new('setup', 'setup', [CompletionResultType]::ParameterValue, 'Set what a provider lets out of a type of data; only what is given changes')
            [CompletionResult]::new('settings', 'settings', [CompletionResultType]::ParameterValue, 'Show what a provider lets out, type by type')
            [CompletionResult]::new('link', 'link', [CompletionResultType]::ParameterValue, 'Link an owner to a recipient, in this direction alone')
            [CompletionResult]::new('unlink', 'unlink', [CompletionResultType]::ParameterValue, 'Take a link back; what was shared over it is out of sight at once')
            [CompletionResult]::new('links', 'links', [CompletionResultType]::ParameterValue, 'List links, and how sharing then works')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Ask an owner for one type of data of one client')
            [CompletionResult]::new('grant', 'grant', [CompletionResultType]::ParameterValue, 'Agree to a request; given again, it changes the dates')
            [CompletionResult]::new('deny', 'deny', [CompletionResultType]::ParameterValue, 'Decline a request')
            [CompletionResult]::new('pending', 'pending', [CompletionResultType]::ParameterValue, 'Take an answer back: the request waits again')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End what was granted, at once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List requests, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a request and the answers to it')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say rule by rule why a provider sees or does not see a client''s records at another')
            [CompletionResult]::new('calendar', 'calendar', [CompletionResultType]::ParameterValue, 'Write the last days of what is granted into a calendar')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;sharing;help;setup' {
            break
        }
        'caredesk;sharing;help;settings' {
            break
        }
        'caredesk;sharing;help;link' {
            break
        }
        'caredesk;sharing;help;unlink' {
            break
        }
        'caredesk;sharing;help;links' {
            break
        }
        'caredesk;sharing;help;request' {
            break
        }
        'caredesk;sharing;help;grant' {
            break
        }
        'caredesk;sharing;help;deny' {
            break
        }
        'caredesk;sharing;help;pending' {
            break
        }
        'caredesk;sharing;help;revoke' {
            break
        }
        'caredesk;sharing;help;list' {
            break
        }
        'caredesk;sharing;help;show' {
            break
        }
        'caredesk;sharing;help;explain' {
            break
        }
        'caredesk;sharing;help;calendar' {
            break
        }
        'caredesk;sharing;help;help' {
            break
        }
        'caredesk;release' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a signed release: it lets providers see records while it is neither run out nor revoked')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List releases, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a release, and what a valid one holds')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a release: what it let others see is gone at once')
            [CompletionResult]::new('document', 'document', [CompletionResultType]::ParameterValue, 'Write the document of a release to a file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;release;add' {
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'The provider that shows its records')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'What it shows of the client')
            [CompletionResult]::new('--document', '--document', [CompletionResultType]::ParameterName, 'The signed paper; `-` is the standard input')
            [CompletionResult]::new('--signed', '--signed', [CompletionResultType]::ParameterName, 'The day of the signature')
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'For this provider')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'The last day that it counts [default: none, or as the owner''s settings require]')
            [CompletionResult]::new('--expiry-event', '--expiry-event', [CompletionResultType]::ParameterName, 'What ends it, where that is no day; it does not end by itself then')
            [CompletionResult]::new('--purpose', '--purpose', [CompletionResultType]::ParameterName, 'What the records are shown for')
            [CompletionResult]::new('--signed-by', '--signed-by', [CompletionResultType]::ParameterName, 'Who signed')
            [CompletionResult]::new('--signed-as', '--signed-as', [CompletionResultType]::ParameterName, 'By what right, where that is not the client: parent, legal guardian')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--all-providers', '--all-providers', [CompletionResultType]::ParameterName, 'For every provider that is linked, also those to come')
            [CompletionResult]::new('--right-to-revoke', '--right-to-revoke', [CompletionResultType]::ParameterName, 'The paper says that and how it can be revoked')
            [CompletionResult]::new('--conditions', '--conditions', [CompletionResultType]::ParameterName, 'The paper says whether care depends on signing it')
            [CompletionResult]::new('--redisclosure', '--redisclosure', [CompletionResultType]::ParameterName, 'The paper says that who receives the records may pass them on')
            [CompletionResult]::new('--if-not-exists', '--if-not-exists', [CompletionResultType]::ParameterName, 'Leave a release of the same document to the same recipients as it is, while that counts')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;release;list' {
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Only of this client')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Only those by which this provider shows its records')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only in this status, as it is today')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;release;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;release;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;release;revoke' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;release;document' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Where to; `-` is the standard output')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Replace the file if there is one')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;release;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a signed release: it lets providers see records while it is neither run out nor revoked')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List releases, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a release, and what a valid one holds')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a release: what it let others see is gone at once')
            [CompletionResult]::new('document', 'document', [CompletionResultType]::ParameterValue, 'Write the document of a release to a file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;release;help;add' {
            break
        }
        'caredesk;release;help;list' {
            break
        }
        'caredesk;release;help;show' {
            break
        }
        'caredesk;release;help;check' {
            break
        }
        'caredesk;release;help;revoke' {
            break
        }
        'caredesk;release;help;document' {
            break
        }
        'caredesk;release;help;help' {
            break
        }
        'caredesk;disclosure' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List who looked at whose records, on what basis, the newest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;disclosure;list' {
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Only records of this client')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Only records of this provider')
            [CompletionResult]::new('--recipient', '--recipient', [CompletionResultType]::ParameterName, 'Only looks of this provider')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only up to this day, which counts')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;disclosure;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List who looked at whose records, on what basis, the newest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;disclosure;help;list' {
            break
        }
        'caredesk;disclosure;help;help' {
            break
        }
        'caredesk;alert' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List alerts, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an alert, and what went wrong with it')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Deliver the alerts that wait, each one once')
            [CompletionResult]::new('dismiss', 'dismiss', [CompletionResultType]::ParameterValue, 'Let alerts go unsent, or as they are where it is known that they arrived')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;alert;list' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only those in this state')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Only those to this account')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many [default on a terminal: 100]')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Go on after this one')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;alert;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;alert;send' {
            [CompletionResult]::new('--smtp', '--smtp', [CompletionResultType]::ParameterName, 'The mail server, such as `smtp://localhost` or `smtps://user:password@host` [env: `CAREDESK_SMTP`]')
            [CompletionResult]::new('--smtp-file', '--smtp-file', [CompletionResultType]::ParameterName, 'A file whose first line is the address of the mail server, which keeps its password off the command line')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Write each message into this folder instead, as ALT-….eml; made where it is missing')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Who writes: an address, or `The Hub <alerts@hub.example>` [env: `CAREDESK_SMTP_FROM`]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for each answer of the mail server; for the last one ten times as long')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'First let these wait anew: failed ones, and those that were cut off')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;alert;dismiss' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;alert;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List alerts, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an alert, and what went wrong with it')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Deliver the alerts that wait, each one once')
            [CompletionResult]::new('dismiss', 'dismiss', [CompletionResultType]::ParameterValue, 'Let alerts go unsent, or as they are where it is known that they arrived')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;alert;help;list' {
            break
        }
        'caredesk;alert;help;show' {
            break
        }
        'caredesk;alert;help;send' {
            break
        }
        'caredesk;alert;help;dismiss' {
            break
        }
        'caredesk;alert;help;help' {
            break
        }
        'caredesk;report' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('referrals', 'referrals', [CompletionResultType]::ParameterValue, 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed')
            [CompletionResult]::new('capacity', 'capacity', [CompletionResultType]::ParameterValue, 'How many more referrals each resource of a queue can take')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;report;referrals' {
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Only in this queue')
            [CompletionResult]::new('--resource', '--resource', [CompletionResultType]::ParameterName, 'Only those assigned to this resource')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Only those assigned to a resource of this provider')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only those that came on this day or later')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;report;capacity' {
            [CompletionResult]::new('--queue', '--queue', [CompletionResultType]::ParameterName, 'Only resources that take referrals of this queue')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'Only resources of this provider')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;report;help' {
            [CompletionResult]::new('referrals', 'referrals', [CompletionResultType]::ParameterValue, 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed')
            [CompletionResult]::new('capacity', 'capacity', [CompletionResultType]::ParameterValue, 'How many more referrals each resource of a queue can take')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;report;help;referrals' {
            break
        }
        'caredesk;report;help;capacity' {
            break
        }
        'caredesk;report;help;help' {
            break
        }
        'caredesk;audit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, the newest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no entry was changed or taken out')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;audit;list' {
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Only changes of this thing: its code, login or name')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Only changes by this login, or in its name')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only entries before this number')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;audit;verify' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;audit;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, the newest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no entry was changed or taken out')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;audit;help;list' {
            break
        }
        'caredesk;audit;help;verify' {
            break
        }
        'caredesk;audit;help;help' {
            break
        }
        'caredesk;database' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Bring an older database up to date, after a copy was set aside; every other command does so too')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for damage, and for anything that breaks a promise of the program')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;database;migrate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;database;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;database;help' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Bring an older database up to date, after a copy was set aside; every other command does so too')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for damage, and for anything that breaks a promise of the program')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;database;help;migrate' {
            break
        }
        'caredesk;database;help;check' {
            break
        }
        'caredesk;database;help;help' {
            break
        }
        'caredesk;completions' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;man' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The database: a file, or `postgres://user:password@host/database`')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as another account')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'Make CSV safe and readable for a spreadsheet')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only the code of what was made, and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'With an error, also print its code and its causes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer every confirmation with yes')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do it all, say what would be, and roll it back')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'With --dry-run: exit with 11 when something would change')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything, even on a terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'caredesk;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a new database; you become its first admin')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'See a small invented town outsource a week of care')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Say who acts, and where')
            [CompletionResult]::new('provider', 'provider', [CompletionResultType]::ParameterValue, 'Organisations that deliver care')
            [CompletionResult]::new('client', 'client', [CompletionResultType]::ParameterValue, 'People who receive care')
            [CompletionResult]::new('contact', 'contact', [CompletionResultType]::ParameterValue, 'Submitted intake records')
            [CompletionResult]::new('queue', 'queue', [CompletionResultType]::ParameterValue, 'Named lists of referrals, with statuses of their own')
            [CompletionResult]::new('resource', 'resource', [CompletionResultType]::ParameterValue, 'What referrals are sent to: agencies and their programs')
            [CompletionResult]::new('capacity', 'capacity', [CompletionResultType]::ParameterValue, 'How many more referrals resources can take')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'People who act, and what they may do')
            [CompletionResult]::new('referral', 'referral', [CompletionResultType]::ParameterValue, 'Needs of clients')
            [CompletionResult]::new('visit', 'visit', [CompletionResultType]::ParameterValue, 'Planned calls of a referral')
            [CompletionResult]::new('schedule', 'schedule', [CompletionResultType]::ParameterValue, 'A referral''s visits as a calendar')
            [CompletionResult]::new('outsource', 'outsource', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to several providers; the first to accept wins')
            [CompletionResult]::new('package', 'package', [CompletionResultType]::ParameterValue, 'Offered packages and the answers to them')
            [CompletionResult]::new('category', 'category', [CompletionResultType]::ParameterValue, 'Sorts of service, as contracts and records name them')
            [CompletionResult]::new('contract', 'contract', [CompletionResultType]::ParameterValue, 'Under which providers deliver services')
            [CompletionResult]::new('record', 'record', [CompletionResultType]::ParameterValue, 'What providers have written down about clients, and who sees it')
            [CompletionResult]::new('sharing', 'sharing', [CompletionResultType]::ParameterValue, 'Who shares which data of whom with whom')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Signed releases of information, and their documents')
            [CompletionResult]::new('disclosure', 'disclosure', [CompletionResultType]::ParameterValue, 'The register of who looked at whose records')
            [CompletionResult]::new('alert', 'alert', [CompletionResultType]::ParameterValue, 'Messages to portal accounts that a referral was assigned to them')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'How many referrals wait where, and who can take more')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Who changed what, and when')
            [CompletionResult]::new('database', 'database', [CompletionResultType]::ParameterValue, 'Look after the database as a whole')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write manual pages into a folder')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'caredesk;help;init' {
            break
        }
        'caredesk;help;demo' {
            break
        }
        'caredesk;help;whoami' {
            break
        }
        'caredesk;help;provider' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a provider, with its agency record')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List providers by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a provider with its resources, phones and addresses')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Offer packages to it again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Offer it nothing new; everything stays in the history')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Make a program of a provider, and give portal accounts access to it')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take a program away: it becomes inactive, nobody acts for it any more, and its history stays')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over providers from a directory')
            break
        }
        'caredesk;help;provider;create' {
            break
        }
        'caredesk;help;provider;list' {
            break
        }
        'caredesk;help;provider;show' {
            break
        }
        'caredesk;help;provider;edit' {
            break
        }
        'caredesk;help;provider;activate' {
            break
        }
        'caredesk;help;provider;deactivate' {
            break
        }
        'caredesk;help;provider;add-resource' {
            break
        }
        'caredesk;help;provider;remove-resource' {
            break
        }
        'caredesk;help;provider;import' {
            break
        }
        'caredesk;help;client' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a client')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List clients by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a client')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over clients from CSV tables or FHIR R4 patients; a second time changes nothing')
            [CompletionResult]::new('enroll', 'enroll', [CompletionResultType]::ParameterValue, 'Say whether a client is active at a provider; requests of sharing need both')
            break
        }
        'caredesk;help;client;create' {
            break
        }
        'caredesk;help;client;list' {
            break
        }
        'caredesk;help;client;show' {
            break
        }
        'caredesk;help;client;edit' {
            break
        }
        'caredesk;help;client;import' {
            break
        }
        'caredesk;help;client;enroll' {
            break
        }
        'caredesk;help;contact' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Take in a contact, of a client or of somebody new')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List contacts, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a contact, with its referrals')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('pdf', 'pdf', [CompletionResultType]::ParameterValue, 'Print a contact, with its referrals, as a PDF; the look is recorded')
            break
        }
        'caredesk;help;contact;create' {
            break
        }
        'caredesk;help;contact;list' {
            break
        }
        'caredesk;help;contact;show' {
            break
        }
        'caredesk;help;contact;edit' {
            break
        }
        'caredesk;help;contact;pdf' {
            break
        }
        'caredesk;help;queue' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a queue')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List queues by name; inactive ones only with --all')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a queue, its statuses and the resources that take its referrals')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Give a queue another name')
            [CompletionResult]::new('add-status', 'add-status', [CompletionResultType]::ParameterValue, 'Give a queue one more status, or bring back a retired one')
            [CompletionResult]::new('retire-status', 'retire-status', [CompletionResultType]::ParameterValue, 'Let a status take no more referrals; without any in it, it is taken away')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a queue send referrals to resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Send a queue''s referrals to resources no more; what is assigned stays')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Let a queue take new referrals again')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Let a queue take no new referrals; everything stays in the history')
            break
        }
        'caredesk;help;queue;create' {
            break
        }
        'caredesk;help;queue;list' {
            break
        }
        'caredesk;help;queue;show' {
            break
        }
        'caredesk;help;queue;edit' {
            break
        }
        'caredesk;help;queue;add-status' {
            break
        }
        'caredesk;help;queue;retire-status' {
            break
        }
        'caredesk;help;queue;add-resource' {
            break
        }
        'caredesk;help;queue;remove-resource' {
            break
        }
        'caredesk;help;queue;activate' {
            break
        }
        'caredesk;help;queue;deactivate' {
            break
        }
        'caredesk;help;resource' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List resources by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a resource with its capacity, its queues and who acts for it')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            break
        }
        'caredesk;help;resource;list' {
            break
        }
        'caredesk;help;resource;show' {
            break
        }
        'caredesk;help;resource;edit' {
            break
        }
        'caredesk;help;capacity' {
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Say how many more referrals a resource can take, from now on or for a while')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the capacity of a resource: what counts now, what is to come, what was')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List what counts now, by resource')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change an entry; `none` clears')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take an entry back; it stays in the history')
            break
        }
        'caredesk;help;capacity;set' {
            break
        }
        'caredesk;help;capacity;show' {
            break
        }
        'caredesk;help;capacity;list' {
            break
        }
        'caredesk;help;capacity;edit' {
            break
        }
        'caredesk;help;capacity;remove' {
            break
        }
        'caredesk;help;account' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make an account')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List accounts by login')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an account')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; `none` clears')
            [CompletionResult]::new('alerts', 'alerts', [CompletionResultType]::ParameterValue, 'Have a portal account written to when a referral is assigned to its resource, or not')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over accounts from a table or JSON; a second time changes nothing')
            [CompletionResult]::new('set-password', 'set-password', [CompletionResultType]::ParameterValue, 'Give an account a password, which `--as` then asks for')
            [CompletionResult]::new('permit', 'permit', [CompletionResultType]::ParameterValue, 'Let a portal account do more')
            [CompletionResult]::new('forbid', 'forbid', [CompletionResultType]::ParameterValue, 'Let a portal account do less')
            [CompletionResult]::new('add-resource', 'add-resource', [CompletionResultType]::ParameterValue, 'Let a portal account act for resources')
            [CompletionResult]::new('remove-resource', 'remove-resource', [CompletionResultType]::ParameterValue, 'Take resources from a portal account')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let an account act again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Let an account act no more; everything stays in the history')
            break
        }
        'caredesk;help;account;create' {
            break
        }
        'caredesk;help;account;list' {
            break
        }
        'caredesk;help;account;show' {
            break
        }
        'caredesk;help;account;edit' {
            break
        }
        'caredesk;help;account;alerts' {
            break
        }
        'caredesk;help;account;import' {
            break
        }
        'caredesk;help;account;set-password' {
            break
        }
        'caredesk;help;account;permit' {
            break
        }
        'caredesk;help;account;forbid' {
            break
        }
        'caredesk;help;account;add-resource' {
            break
        }
        'caredesk;help;account;remove-resource' {
            break
        }
        'caredesk;help;account;enable' {
            break
        }
        'caredesk;help;account;disable' {
            break
        }
        'caredesk;help;referral' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Put a contact or a client into a queue')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Send a referral to a resource; whoever had it before sees it no more')
            [CompletionResult]::new('unassign', 'unassign', [CompletionResultType]::ParameterValue, 'Take a referral from its resource, which sees it no more')
            [CompletionResult]::new('set-status', 'set-status', [CompletionResultType]::ParameterValue, 'Move a referral to another status of its queue')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Replace the note that the hub and the provider share')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List referrals, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a referral, and to staff what became of it')
            break
        }
        'caredesk;help;referral;create' {
            break
        }
        'caredesk;help;referral;assign' {
            break
        }
        'caredesk;help;referral;unassign' {
            break
        }
        'caredesk;help;referral;set-status' {
            break
        }
        'caredesk;help;referral;note' {
            break
        }
        'caredesk;help;referral;list' {
            break
        }
        'caredesk;help;referral;show' {
            break
        }
        'caredesk;help;visit' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Plan a visit, or the same visit every week')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change when a visit is or how long it lasts')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Cancel visits; they stay in the history')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the visits of a referral by time')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over visits from a table or a home-care instance; a second time changes nothing')
            break
        }
        'caredesk;help;visit;add' {
            break
        }
        'caredesk;help;visit;edit' {
            break
        }
        'caredesk;help;visit;cancel' {
            break
        }
        'caredesk;help;visit;list' {
            break
        }
        'caredesk;help;visit;import' {
            break
        }
        'caredesk;help;schedule' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Draw a week of a referral''s visits; as JSON or CSV, list them')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a referral''s visits as an iCalendar file, without the client''s name')
            break
        }
        'caredesk;help;schedule;show' {
            break
        }
        'caredesk;help;schedule;export' {
            break
        }
        'caredesk;help;outsource' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Offer visits of a referral to providers as one package')
            [CompletionResult]::new('add-provider', 'add-provider', [CompletionResultType]::ParameterValue, 'Ask more providers')
            [CompletionResult]::new('remove-provider', 'remove-provider', [CompletionResultType]::ParameterValue, 'Take providers out again; their answers stay in the history')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Recall a package: it vanishes from the providers'' lists and its visits are free again')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Recall a package and send its visits, as they are now, to the same providers')
            break
        }
        'caredesk;help;outsource;create' {
            break
        }
        'caredesk;help;outsource;add-provider' {
            break
        }
        'caredesk;help;outsource;remove-provider' {
            break
        }
        'caredesk;help;outsource;delete' {
            break
        }
        'caredesk;help;outsource;resend' {
            break
        }
        'caredesk;help;package' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List packages, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a package with its visits and the answers to it')
            [CompletionResult]::new('respond', 'respond', [CompletionResultType]::ParameterValue, 'Accept or reject a package for a provider; the first to accept wins, and an answer is final')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a package another reference')
            break
        }
        'caredesk;help;package;list' {
            break
        }
        'caredesk;help;package;show' {
            break
        }
        'caredesk;help;package;respond' {
            break
        }
        'caredesk;help;package;rename' {
            break
        }
        'caredesk;help;category' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a category')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List categories by name')
            break
        }
        'caredesk;help;category;create' {
            break
        }
        'caredesk;help;category;list' {
            break
        }
        'caredesk;help;contract' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a contract')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List contracts')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a contract')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is given; what was before stays in the history')
            break
        }
        'caredesk;help;contract;create' {
            break
        }
        'caredesk;help;contract;list' {
            break
        }
        'caredesk;help;contract;show' {
            break
        }
        'caredesk;help;contract;edit' {
            break
        }
        'caredesk;help;record' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a record; it is never changed afterwards')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over records from a CSV table or JSON lines; a second time changes nothing')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the records of a client, the newest day first; a provider sees its own and what is shared with it')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a record')
            break
        }
        'caredesk;help;record;add' {
            break
        }
        'caredesk;help;record;import' {
            break
        }
        'caredesk;help;record;list' {
            break
        }
        'caredesk;help;record;show' {
            break
        }
        'caredesk;help;sharing' {
            [CompletionResult]::new('setup', 'setup', [CompletionResultType]::ParameterValue, 'Set what a provider lets out of a type of data; only what is given changes')
            [CompletionResult]::new('settings', 'settings', [CompletionResultType]::ParameterValue, 'Show what a provider lets out, type by type')
            [CompletionResult]::new('link', 'link', [CompletionResultType]::ParameterValue, 'Link an owner to a recipient, in this direction alone')
            [CompletionResult]::new('unlink', 'unlink', [CompletionResultType]::ParameterValue, 'Take a link back; what was shared over it is out of sight at once')
            [CompletionResult]::new('links', 'links', [CompletionResultType]::ParameterValue, 'List links, and how sharing then works')
            [CompletionResult]::new('request', 'request', [CompletionResultType]::ParameterValue, 'Ask an owner for one type of data of one client')
            [CompletionResult]::new('grant', 'grant', [CompletionResultType]::ParameterValue, 'Agree to a request; given again, it changes the dates')
            [CompletionResult]::new('deny', 'deny', [CompletionResultType]::ParameterValue, 'Decline a request')
            [CompletionResult]::new('pending', 'pending', [CompletionResultType]::ParameterValue, 'Take an answer back: the request waits again')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End what was granted, at once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List requests, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a request and the answers to it')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say rule by rule why a provider sees or does not see a client''s records at another')
            [CompletionResult]::new('calendar', 'calendar', [CompletionResultType]::ParameterValue, 'Write the last days of what is granted into a calendar')
            break
        }
        'caredesk;help;sharing;setup' {
            break
        }
        'caredesk;help;sharing;settings' {
            break
        }
        'caredesk;help;sharing;link' {
            break
        }
        'caredesk;help;sharing;unlink' {
            break
        }
        'caredesk;help;sharing;links' {
            break
        }
        'caredesk;help;sharing;request' {
            break
        }
        'caredesk;help;sharing;grant' {
            break
        }
        'caredesk;help;sharing;deny' {
            break
        }
        'caredesk;help;sharing;pending' {
            break
        }
        'caredesk;help;sharing;revoke' {
            break
        }
        'caredesk;help;sharing;list' {
            break
        }
        'caredesk;help;sharing;show' {
            break
        }
        'caredesk;help;sharing;explain' {
            break
        }
        'caredesk;help;sharing;calendar' {
            break
        }
        'caredesk;help;release' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a signed release: it lets providers see records while it is neither run out nor revoked')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List releases, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a release, and what a valid one holds')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say what a valid release of information holds, and what of it this one lacks (then with exit status 8)')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a release: what it let others see is gone at once')
            [CompletionResult]::new('document', 'document', [CompletionResultType]::ParameterValue, 'Write the document of a release to a file')
            break
        }
        'caredesk;help;release;add' {
            break
        }
        'caredesk;help;release;list' {
            break
        }
        'caredesk;help;release;show' {
            break
        }
        'caredesk;help;release;check' {
            break
        }
        'caredesk;help;release;revoke' {
            break
        }
        'caredesk;help;release;document' {
            break
        }
        'caredesk;help;disclosure' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List who looked at whose records, on what basis, the newest first')
            break
        }
        'caredesk;help;disclosure;list' {
            break
        }
        'caredesk;help;alert' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List alerts, the newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an alert, and what went wrong with it')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Deliver the alerts that wait, each one once')
            [CompletionResult]::new('dismiss', 'dismiss', [CompletionResultType]::ParameterValue, 'Let alerts go unsent, or as they are where it is known that they arrived')
            break
        }
        'caredesk;help;alert;list' {
            break
        }
        'caredesk;help;alert;show' {
            break
        }
        'caredesk;help;alert;send' {
            break
        }
        'caredesk;help;alert;dismiss' {
            break
        }
        'caredesk;help;report' {
            [CompletionResult]::new('referrals', 'referrals', [CompletionResultType]::ParameterValue, 'How many referrals are open per queue, status and resource, how old, and how soon their status first changed')
            [CompletionResult]::new('capacity', 'capacity', [CompletionResultType]::ParameterValue, 'How many more referrals each resource of a queue can take')
            break
        }
        'caredesk;help;report;referrals' {
            break
        }
        'caredesk;help;report;capacity' {
            break
        }
        'caredesk;help;audit' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List changes, the newest first')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that no entry was changed or taken out')
            break
        }
        'caredesk;help;audit;list' {
            break
        }
        'caredesk;help;audit;verify' {
            break
        }
        'caredesk;help;database' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Bring an older database up to date, after a copy was set aside; every other command does so too')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for damage, and for anything that breaks a promise of the program')
            break
        }
        'caredesk;help;database;migrate' {
            break
        }
        'caredesk;help;database;check' {
            break
        }
        'caredesk;help;completions' {
            break
        }
        'caredesk;help;man' {
            break
        }
        'caredesk;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
