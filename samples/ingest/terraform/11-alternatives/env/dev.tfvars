domain = "corp-dev.example"
public = false
