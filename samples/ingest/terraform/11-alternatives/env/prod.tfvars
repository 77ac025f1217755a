domain = "corp.example"
